/**
 * eSCL's documents ⇄ values (Mopria Alliance, eSCL Technical Specification): ScannerCapabilities, ScannerStatus, ScanSettings. Lengths are in
 * three-hundredths of an inch. Not implemented: scan regions other than one from the corner, camera and storage, binary rendering,
 * compression, profiles that forbid a combination of what each of them holds (their sums are taken).
 */
import { err, ok } from '../../../domain/result.ts';
import type { Result } from '../../../domain/result.ts';
import { allAt, buildXml, child, children, type Element, parseXml, text, texts, whole } from './xml.ts';

type Garbled = { kind: 'garbled'; detail: string };

/** What one source takes. */
export type InputCaps = {
  maxWidth: number;
  maxHeight: number;
  /** `RGB24`, `Grayscale8`, `BlackAndWhite1`, … */
  colourModes: string[];
  /** Media types. */
  formats: string[];
  /** Both ways alike, in dots per inch. */
  resolutions: number[];
};

export type EsclCapabilities = {
  version: string;
  makeAndModel: string;
  platen: InputCaps | null;
  simplex: InputCaps | null;
  duplex: InputCaps | null;
};

export type EsclJob = { uri: string; state: string; imagesCompleted: number };
/** `state`: Idle, Processing, Testing, Stopped, Down. `adfState`: ScannerAdfLoaded …; null without a feeder. */
export type EsclStatus = { version: string; state: string; adfState: string | null; jobs: EsclJob[] };

export type ScanSettings = {
  version: string;
  source: 'Platen' | 'Feeder';
  duplex: boolean;
  colourMode: string;
  resolution: number;
  width: number;
  height: number;
  format: string;
};

const NAMES = { '@xmlns:scan': 'http://schemas.hp.com/imaging/escl/2011/05/03', '@xmlns:pwg': 'http://www.pwg.org/schemas/2010/12/sm' };
const UNITS = 'escl:ThreeHundredthsOfInches';

/** Of a range of resolutions, those that scanners are asked for. */
const USUAL_RESOLUTIONS = [75, 100, 150, 200, 240, 300, 400, 600];

export function encodeScanSettings(settings: ScanSettings): Uint8Array {
  const { version, source, duplex, colourMode, resolution, width, height, format } = settings;
  return buildXml({
    'scan:ScanSettings': {
      ...NAMES,
      'pwg:Version': version,
      'scan:Intent': 'Document',
      'pwg:ScanRegions': { 'pwg:ScanRegion': { 'pwg:Height': height, 'pwg:ContentRegionUnits': UNITS, 'pwg:Width': width, 'pwg:XOffset': 0, 'pwg:YOffset': 0 } },
      'pwg:InputSource': source,
      // Up to 2.0 the first, from 2.1 on the second counts; a scanner passes over the one it does not know.
      'pwg:DocumentFormat': format,
      'scan:DocumentFormatExt': format,
      'scan:XResolution': resolution,
      'scan:YResolution': resolution,
      'scan:ColorMode': colourMode,
      ...(source === 'Feeder' ? { 'scan:Duplex': String(duplex) } : {}),
    },
  });
}

export function decodeScanSettings(bytes: Uint8Array): Result<ScanSettings, Garbled> {
  const root = parseXml(bytes, 'ScanSettings');
  if (!root.ok) return root;
  const [region] = allAt(root.value, 'ScanRegions', 'ScanRegion');
  const source = text(root.value, 'InputSource');
  const [resolution, width, height] = [whole(root.value, 'XResolution'), region === undefined ? null : whole(region, 'Width'), region === undefined ? null : whole(region, 'Height')];
  const [version, format, colourMode] = ['Version', 'DocumentFormat', 'ColorMode'].map((name) => text(root.value, name) ?? '');
  if ((source !== 'Platen' && source !== 'Feeder') || resolution === null || width === null || height === null || !version || !format || !colourMode) return err({ kind: 'garbled', detail: 'scan settings' });
  return ok({ version, source, duplex: text(root.value, 'Duplex') === 'true', colourMode, resolution, width, height, format });
}

export function encodeCapabilities({ version, makeAndModel, platen, simplex, duplex }: EsclCapabilities): Uint8Array {
  return buildXml({
    'scan:ScannerCapabilities': {
      ...NAMES,
      'pwg:Version': version,
      'pwg:MakeAndModel': makeAndModel,
      ...(platen === null ? {} : { 'scan:Platen': { 'scan:PlatenInputCaps': inputXml(platen) } }),
      ...(simplex === null && duplex === null
        ? {}
        : {
            'scan:Adf': {
              ...(simplex === null ? {} : { 'scan:AdfSimplexInputCaps': inputXml(simplex) }),
              ...(duplex === null ? {} : { 'scan:AdfDuplexInputCaps': inputXml(duplex) }),
            },
          }),
    },
  });
}

function inputXml({ maxWidth, maxHeight, colourModes, formats, resolutions }: InputCaps): object {
  return {
    'scan:MinWidth': 0,
    'scan:MaxWidth': maxWidth,
    'scan:MinHeight': 0,
    'scan:MaxHeight': maxHeight,
    'scan:SettingProfiles': {
      'scan:SettingProfile': {
        'scan:ColorModes': { 'scan:ColorMode': colourModes },
        'scan:DocumentFormats': { 'pwg:DocumentFormat': formats },
        'scan:SupportedResolutions': { 'scan:DiscreteResolutions': { 'scan:DiscreteResolution': resolutions.map((dots) => ({ 'scan:XResolution': dots, 'scan:YResolution': dots })) } },
      },
    },
  };
}

/** A source that lacks anything needed for a scan is taken for absent. */
export function decodeCapabilities(bytes: Uint8Array): Result<EsclCapabilities, Garbled> {
  const root = parseXml(bytes, 'ScannerCapabilities');
  if (!root.ok) return root;
  const platen = inputCaps(root.value, 'Platen', 'PlatenInputCaps');
  const simplex = inputCaps(root.value, 'Adf', 'AdfSimplexInputCaps');
  const duplex = inputCaps(root.value, 'Adf', 'AdfDuplexInputCaps');
  if (platen === null && simplex === null && duplex === null) return err({ kind: 'garbled', detail: 'capabilities without a source' });
  return ok({ version: text(root.value, 'Version') ?? '2.0', makeAndModel: text(root.value, 'MakeAndModel') ?? '', platen, simplex, duplex });
}

function inputCaps(root: Element, part: string, name: string): InputCaps | null {
  const [caps] = allAt(root, part, name);
  if (caps === undefined) return null;
  const [maxWidth, maxHeight] = [whole(caps, 'MaxWidth'), whole(caps, 'MaxHeight')];
  const own = allAt(caps, 'SettingProfiles', 'SettingProfile');
  // Some scanners write their profiles once, at the root, and refer to them.
  const profiles = own.length > 0 ? own : allAt(root, 'SettingProfiles', 'SettingProfile');
  const all = (path: string[], leaf: string) => [...new Set(profiles.flatMap((profile) => allAt(profile, ...path).flatMap((found) => texts(found, leaf))))];
  const colourModes = all(['ColorModes'], 'ColorMode');
  const formats = [...new Set([...all(['DocumentFormats'], 'DocumentFormat'), ...all(['DocumentFormats'], 'DocumentFormatExt')])];
  const resolutions = [...new Set(profiles.flatMap(resolutionsOf))].sort((one, other) => one - other);
  if (!maxWidth || !maxHeight || colourModes.length === 0 || resolutions.length === 0) return null;
  return { maxWidth, maxHeight, colourModes, formats, resolutions };
}

function resolutionsOf(profile: Element): number[] {
  return allAt(profile, 'SupportedResolutions').flatMap((supported) => [
    ...allAt(supported, 'DiscreteResolutions', 'DiscreteResolution').flatMap((one) => {
      const [across, along] = [whole(one, 'XResolution'), whole(one, 'YResolution')];
      return across !== null && across > 0 && across === along ? [across] : [];
    }),
    ...children(supported, 'ResolutionRange').flatMap((range) => {
      const across = child(range, 'XResolutionRange');
      const along = child(range, 'YResolutionRange');
      return across === null || along === null ? [] : USUAL_RESOLUTIONS.filter((dots) => holds(across, dots) && holds(along, dots));
    }),
  ]);
}

function holds(range: Element, dots: number): boolean {
  const [least, most, step] = [whole(range, 'Min'), whole(range, 'Max'), whole(range, 'Step')];
  return least !== null && most !== null && dots >= least && dots <= most && (!step || (dots - least) % step === 0);
}

export function encodeStatus({ version, state, adfState, jobs }: EsclStatus): Uint8Array {
  return buildXml({
    'scan:ScannerStatus': {
      ...NAMES,
      'pwg:Version': version,
      'pwg:State': state,
      ...(adfState === null ? {} : { 'scan:AdfState': adfState }),
      ...(jobs.length === 0
        ? {}
        : { 'scan:Jobs': { 'scan:JobInfo': jobs.map((job) => ({ 'pwg:JobUri': job.uri, 'pwg:ImagesCompleted': job.imagesCompleted, 'pwg:JobState': job.state })) } }),
    },
  });
}

export function decodeStatus(bytes: Uint8Array): Result<EsclStatus, Garbled> {
  const root = parseXml(bytes, 'ScannerStatus');
  if (!root.ok) return root;
  const state = text(root.value, 'State');
  if (state === null) return err({ kind: 'garbled', detail: 'status without a state' });
  const jobs = allAt(root.value, 'Jobs', 'JobInfo').map((job) => ({ uri: text(job, 'JobUri') ?? '', state: text(job, 'JobState') ?? '', imagesCompleted: whole(job, 'ImagesCompleted') ?? 0 }));
  return ok({ version: text(root.value, 'Version') ?? '2.0', state, adfState: text(root.value, 'AdfState'), jobs });
}
