/** Pictures that the papers of the project show, each in the state that tells most, by the name that the page tests give it (`JINBAN_SCREENS_OUT`). */

/** The console's pages. */
export const CONSOLE_PICTURES: Readonly<Record<string, string>> = {
  'sign-in': 'console-sign-in',
  inbox: 'console-small-inbox',
  tasks: 'hall-tasks-small',
  case: 'console-small-case-handed-in',
  process: 'hall-process-small',
  correction: 'console-small-correct-picking',
  accept: 'console-small-accept',
  compare: 'hall-compare-small',
  window: 'hall-window-filled-small',
  'late-entries': 'hall-window-late-small',
  sentences: 'hall-sentences-small',
  bulk: 'hall-bulk-small',
  calendar: 'hall-calendar-small',
  message: 'hall-message-small',
  'new-message': 'hall-message-new-small',
  limits: 'hall-settings-small',
  rating: 'hall-rating-small',
  'rating-figures': 'hall-figures-small',
  card: 'hall-supervision-card-small',
  rules: 'hall-supervision-rules-small',
  outage: 'hall-supervision-outage-small',
  bulletin: 'hall-supervision-bulletin-small',
  figures: 'hall-supervision-figures-small',
  survey: 'hall-survey-results-small',
  queue: 'hall-queue-sites-small',
  appointments: 'hall-appointments-day-small',
  'booking-calendar': 'hall-appointments-calendar-small',
  items: 'hall-catalogue-list-small',
  'item-editor': 'hall-catalogue-editor-small',
  'item-review': 'hall-catalogue-review-small',
  'item-publish': 'hall-catalogue-publish-small',
  'item-versions': 'hall-catalogue-item-changed-small',
  shelf: 'hall-catalogue-shelf-small',
  themes: 'hall-catalogue-themes-small',
  machines: 'console-small-machines',
  quarantine: 'console-small-quarantine',
  numbers: 'console-small-numbers',
  texts: 'hall-sms-small',
  templates: 'hall-sms-templates-small',
  accounts: 'hall-accounts-small',
  proposals: 'hall-proposals-small',
  reads: 'hall-audit-reads-small',
  days: 'hall-audit-days-small',
  'my-account': 'hall-my-account-small',
};

/** A site's counters, boards and numbers. */
export const SITE_PICTURES: Readonly<Record<string, string>> = { counter: 'site-serving', 'counter-manager': 'site-manager', 'counter-arrange': 'site-arrange-changed', board: 'board-many', 'rating-screen': 'rating-poor', number: 'portrait-ticket' };

/** Where they lie, below the project. */
export const PICTURES_FOLDER = 'docs/pictures';
export const CONSOLE_PICTURES_FOLDER = `${PICTURES_FOLDER}/console`;
