/**
 * Every icon by what it means here, so that one picture has one meaning on all screens. Icons are never alone: words stand beside
 * them, so all are hidden from assistive technology.
 */
import {
  AArrowUp, ArrowLeft, ArrowRight, Bell, Building2, CalendarDays, Camera, Check, CheckCheck, ChevronDown, ChevronUp, CircleAlert, CircleCheck, CircleHelp, CircleX, ClipboardPen, Clock3, Contrast, CreditCard, Delete,
  Eraser, FileText, Languages, ListChecks, LogOut, MapPin, MessageSquareText, MoveDownLeft, PanelBottomClose, PenLine, Phone, Plus, Printer, RefreshCw, RotateCw, Search, Send, Smile, Star, Ticket, TriangleAlert, Undo2,
  UserRound, Wifi, WifiOff, Maximize, Minimize, CornerDownLeft, Space, ChevronLeft, ChevronRight, Trash2, Hourglass, Info, LockKeyhole, Usb, HardDriveUpload, HardDriveDownload,
  BatteryMedium, Mic, Volume2, VolumeX,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';

const ICONS = {
  add: Plus, alert: CircleAlert, apply: ClipboardPen, back: ArrowLeft, battery: BatteryMedium, bell: Bell, calendar: CalendarDays, camera: Camera, card: CreditCard, check: Check, clear: Eraser, clock: Clock3, consult: MessageSquareText, contrast: Contrast,
  done: CircleCheck, down: ChevronDown, elder: AArrowUp, enter: CornerDownLeft, erase: Delete, failed: CircleX, forward: ArrowRight, hall: Building2, help: CircleHelp, hide: PanelBottomClose, info: Info,
  language: Languages, larger: Maximize, leave: LogOut, list: ListChecks, lock: LockKeyhole, low: MoveDownLeft, microphone: Mic, next: ChevronRight, offline: WifiOff, online: Wifi, paper: FileText, person: UserRound, phone: Phone, place: MapPin, previous: ChevronLeft,
  print: Printer, queue: Ticket, rate: Smile, received: CheckCheck, remove: Trash2, retry: RefreshCw, search: Search, put: HardDriveUpload, take: HardDriveDownload, stick: Usb, send: Send, sign: PenLine, smaller: Minimize, space: Space, star: Star, supplement: Undo2, turn: RotateCw,
  silent: VolumeX, up: ChevronUp, voice: Volume2, wait: Hourglass, warning: TriangleAlert,
} satisfies Record<string, LucideIcon>;

export type IconName = keyof typeof ICONS;
export const ICON_NAMES = Object.keys(ICONS) as readonly IconName[];

/** Those that point the way of reading. */
const ALONG_THE_LINE: ReadonlySet<IconName> = new Set(['back', 'forward', 'next', 'previous', 'leave', 'enter', 'send', 'supplement', 'list']);

/** @param size in em of the words beside it */
export function Icon({ name, size = 1.35 }: { name: IconName; size?: number }): ReactNode {
  const Picture = ICONS[name];
  return <Picture aria-hidden="true" focusable="false" strokeWidth={2} style={{ width: `${size}em`, height: `${size}em`, flex: 'none' }} {...(ALONG_THE_LINE.has(name) ? { className: 'icon-along' } : {})} />;
}
