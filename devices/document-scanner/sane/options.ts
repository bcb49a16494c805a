/**
 * What `scanimage -A` says of a device ⇄ values: one line an option, scanimage(1). `    --resolution 1..1200dpi (in steps of 1) [50]`:
 * the name, what it takes, its present value, remarks. What it takes: words or numbers with `|` between them, a range, or a choice of yes and no.
 */
import type { ScanColour, ScannerCapabilities, ScanSource } from '../../../domain/contracts/document-scanner.ts';
import type { ScannerFacts } from '../driver.ts';

export type SaneOption = {
  name: string;
  takes: { kind: 'choice'; of: string[] } | { kind: 'range'; from: number; to: number; step: number | null } | { kind: 'yes-no' } | { kind: 'other' };
  /** The present value; null for a button, and for an option that is switched off now. */
  value: string | null;
};

const LINE = /^ {4}--?([a-zA-Z0-9][a-zA-Z0-9-]*)(\[=\(yes\|no\)\]|\[=\([^)]*\)\])?(?: ((?!\[).*?))?(?: \[([^\]]*)\])?((?: \[[^\]]*\])*)$/;
const RANGE = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)[a-z%]*(?:,\.\.\.)?(?: \(in steps of (\d+(?:\.\d+)?)\))?$/;
/** Numbers may carry their unit behind the last. */
const UNIT = /(?<=\d)(dpi|mm|bit|us|pel|%)$/;

/** Lines that are no options, as headings and explanations, are passed over. */
export function decodeOptions(printed: readonly string[]): SaneOption[] {
  return printed.flatMap((line) => {
    const [whole, name, yesNo, takes = '', value] = LINE.exec(line) ?? [];
    if (whole === undefined || name === undefined) return [];
    return [{ name, takes: yesNo?.startsWith('[=(yes|no') === true ? { kind: 'yes-no' } : takesOf(takes), value: value === undefined || value === 'inactive' ? null : value }];
  });
}

function takesOf(written: string): SaneOption['takes'] {
  const [range, from, to, step] = RANGE.exec(written) ?? [];
  if (range !== undefined) return { kind: 'range', from: Number(from), to: Number(to), step: step === undefined ? null : Number(step) };
  // `auto` is offered in front, apart from the choice.
  const choice = written.replace(/^auto\|/, '');
  return choice === '' || /^<.*>/.test(choice) ? { kind: 'other' } : { kind: 'choice', of: choice.replace(UNIT, '').split('|') };
}

/** How the device calls what is wished; an option that it lacks is null. */
export type Names = { sources: Partial<Record<ScanSource, string | null>>; colours: Partial<Record<ScanColour, string | null>> };

/** Of a range, the resolutions that are offered. */
const OFFERED = [100, 150, 200, 300, 400, 600];

/** Drivers name their sources in words of their own: these tell apart the names in the manual pages of fujitsu, canon_dr, epson2, epsonds, avision, brother and airscan. */
const DUPLEX = /duplex|both/i;
const FEEDER = /adf|feeder|automatic|roll/i;
const BACK = /back/i;
const FLATBED = /flatbed|platen|normal|glass/i;

export function namesOf(options: readonly SaneOption[]): Names {
  const sources = choiceOf(options, 'source');
  const modes = choiceOf(options, 'mode');
  const flatbed = sources?.find((name) => FLATBED.test(name));
  const feeder = sources?.find((name) => FEEDER.test(name) && !DUPLEX.test(name) && !BACK.test(name));
  const duplex = sources?.find((name) => DUPLEX.test(name));
  const colour = modes?.find((name) => /^colou?r$/i.test(name)) ?? modes?.find((name) => /colou?r/i.test(name));
  const grey = modes?.find((name) => /^gr[ae]y$/i.test(name)) ?? modes?.find((name) => /gr[ae]y/i.test(name));
  return {
    // A device without a choice of sources has its glass only, unless it says that paper can lie in it.
    sources:
      sources === null
        ? { [options.some(({ name }) => name === 'page-loaded') ? 'feeder' : 'flatbed']: null }
        : { ...(flatbed === undefined ? {} : { flatbed }), ...(feeder === undefined ? {} : { feeder }), ...(duplex === undefined ? {} : { 'feeder-duplex': duplex }) },
    colours: modes === null ? { colour: null } : { ...(colour === undefined ? {} : { colour }), ...(grey === undefined ? {} : { grey }) },
  };
}

export function capabilitiesOf(device: string, options: readonly SaneOption[]): ScannerCapabilities {
  const { sources, colours } = namesOf(options);
  const resolutions = resolutionsOf(options);
  if (resolutions.length === 0 || Object.keys(colours).length === 0) return { model: device, sources: [] };
  return { model: device, sources: Object.keys(sources).map((source) => ({ source: source as ScanSource, resolutions, colours: Object.keys(colours) as ScanColour[] })) };
}

function resolutionsOf(options: readonly SaneOption[]): number[] {
  const takes = options.find(({ name }) => name === 'resolution')?.takes;
  if (takes?.kind === 'choice') return takes.of.map(Number).filter((dots) => Number.isInteger(dots) && dots > 0);
  if (takes?.kind !== 'range') return [];
  return OFFERED.filter((dots) => dots >= takes.from && dots <= takes.to && (takes.step === null || takes.step === 0 || (dots - takes.from) % takes.step === 0));
}

/** Sensors that drivers show as options (fujitsu, canon_dr, epsonds, avision). */
export function factsOf(options: readonly SaneOption[]): ScannerFacts {
  const sensor = (name: string) => options.find((option) => option.name === name)?.value ?? null;
  if (sensor('cover-open') === 'yes') return { state: 'idle', feeder: 'cover-open' };
  if (sensor('double-feed') === 'yes') return { state: 'idle', feeder: 'double-feed' };
  const loaded = sensor('page-loaded') ?? sensor('adf-loaded');
  return { state: 'idle', feeder: loaded === null ? 'unknown' : loaded === 'yes' ? 'loaded' : 'empty' };
}

/**
 * Switches the feeder's sensor for two sheets on, where the device has one: fujitsu's `df-action`, which makes its `df-thickness` (ultrasonic) available, canon_dr's
 * `df-thickness` alone, kvs's `dfeed`. What the settings say of an option stands.
 * @param given options that the settings name
 */
export function doubleFeedArguments(options: readonly SaneOption[], given: Readonly<Record<string, string>>): string[] {
  const option = (name: string) => (Object.hasOwn(given, name) ? undefined : options.find((one) => one.name === name));
  const action = option('df-action')?.takes;
  const stops = action?.kind === 'choice' && action.of.includes('Stop');
  const thickness = option('df-thickness');
  const canThicken = thickness?.takes.kind === 'yes-no' && (stops || thickness.value !== null);
  const feed = option('dfeed');
  return [...(stops ? ['--df-action=Stop'] : []), ...(canThicken ? ['--df-thickness=yes'] : []), ...(feed?.takes.kind === 'yes-no' && feed.value !== null ? ['--dfeed=yes'] : [])];
}

/** The most that a side of the area may have, in millimetres; null where the device has no such option. */
export function mostMillimetres(options: readonly SaneOption[], name: string): number | null {
  const takes = options.find((option) => option.name === name)?.takes;
  return takes?.kind === 'range' ? takes.to : null;
}

function choiceOf(options: readonly SaneOption[], name: string): string[] | null {
  const takes = options.find((option) => option.name === name)?.takes;
  return takes?.kind === 'choice' ? takes.of : null;
}
