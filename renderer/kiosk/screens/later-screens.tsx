import type { ReactNode } from 'react';
import type { Step } from '../../../domain/contracts/kiosk.ts';
import { never } from '../../../domain/result.ts';
import { BookedScreen } from '../booking/booked.tsx';
import { BookingConfirmScreen } from '../booking/booking-confirm.tsx';
import { BookingPhoneScreen } from '../booking/booking-phone.tsx';
import { BookingScreen } from '../booking/booking.tsx';
import { BookingSlotScreen } from '../booking/booking-slot.tsx';
import { MyBookingsScreen } from '../booking/my-bookings.tsx';
import { CaseScreen } from './case.tsx';
import { CheckScreen } from './check.tsx';
import { ForWhomScreen, NoCardScreen } from './for-whom.tsx';
import { FormScreen } from './form.tsx';
import { GoodbyeScreen } from './goodbye.tsx';
import { GuideScreen } from './guide.tsx';
import { HandedInScreen } from './handed-in.tsx';
import { IdentifyScreen } from './identify.tsx';
import { ItemsScreen } from './items.tsx';
import { KeepScreen } from './keep.tsx';
import { ListsScreen } from './lists.tsx';
import { MaterialsScreen } from './materials.tsx';
import { MessageScreen } from './message.tsx';
import { MessageSentScreen } from './message-sent.tsx';
import { ProgressScreen } from './progress.tsx';
import { RateScreen } from './rate.tsx';
import { ReplyScreen } from './reply.tsx';
import { SituationScreen } from './situation.tsx';
import { ResumeScreen } from './resume.tsx';
import { ResultScreen } from './result.tsx';
import { SurveyScreen } from './survey.tsx';
import { TalkScreen } from './talk.tsx';
import { TicketScreen } from './ticket.tsx';
import { TicketConfirmScreen, TicketPhoneScreen } from './ticket-confirm.tsx';
import { TicketsScreen } from './tickets.tsx';
import { SecondCardScreen, TogetherScreen } from './together.tsx';
import { WhoScreen } from './who.tsx';

export { CaretakerScreen } from '../caretaker/caretaker-screen.tsx';

/** The screens behind the first one. */
export function VisitScreen({ step }: { step: Exclude<Step, 'home'> }): ReactNode {
  switch (step) {
    case 'items':
      return <ItemsScreen />;
    case 'lists':
      return <ListsScreen />;
    case 'guide':
      return <GuideScreen />;
    case 'situation':
      return <SituationScreen />;
    case 'identify':
      return <IdentifyScreen />;
    case 'who':
      return <WhoScreen />;
    case 'no-card':
      return <NoCardScreen />;
    case 'for-whom':
      return <ForWhomScreen />;
    case 'second-card':
      return <SecondCardScreen />;
    case 'together':
      return <TogetherScreen />;
    case 'form':
      return <FormScreen />;
    case 'materials':
      return <MaterialsScreen />;
    case 'check':
      return <CheckScreen />;
    case 'handed-in':
      return <HandedInScreen />;
    case 'progress':
      return <ProgressScreen />;
    case 'case':
      return <CaseScreen />;
    case 'result':
      return <ResultScreen />;
    case 'rate':
      return <RateScreen />;
    case 'talk':
      return <TalkScreen />;
    case 'message':
      return <MessageScreen />;
    case 'message-sent':
      return <MessageSentScreen />;
    case 'reply':
      return <ReplyScreen />;
    case 'survey':
      return <SurveyScreen />;
    case 'keep':
      return <KeepScreen />;
    case 'resume':
      return <ResumeScreen />;
    case 'tickets':
      return <TicketsScreen />;
    case 'ticket-phone':
      return <TicketPhoneScreen />;
    case 'ticket-confirm':
      return <TicketConfirmScreen />;
    case 'ticket':
      return <TicketScreen />;
    case 'booking':
      return <BookingScreen />;
    case 'booking-slot':
      return <BookingSlotScreen />;
    case 'booking-phone':
      return <BookingPhoneScreen />;
    case 'booking-confirm':
      return <BookingConfirmScreen />;
    case 'booked':
      return <BookedScreen />;
    case 'my-bookings':
      return <MyBookingsScreen />;
    case 'goodbye':
      return <GoodbyeScreen />;
    default:
      return never(step);
  }
}
