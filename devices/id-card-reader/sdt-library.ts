import { promisify } from 'node:util';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Lock } from '../../wire/lock.ts';
import { createLock } from '../../wire/lock.ts';

/** `reason` is the loader's: no such file, another processor, a function that is missing. */
export type NoLibrary = { kind: 'no-library'; reason: string };

/**
 * The functions of `sdtapi.h`, the interface that every vendor of readers gives its library (`sdtapi.dll`, `libsdtapi.so`), under its own names. Each
 * answers the library's code. `iIfOpen` is 0 everywhere: the port was opened before.
 */
const PROTOTYPES = {
  SDT_OpenPort: 'int __stdcall SDT_OpenPort(int iPortID)',
  SDT_ClosePort: 'int __stdcall SDT_ClosePort(int iPortID)',
  SDT_GetSAMStatus: 'int __stdcall SDT_GetSAMStatus(int iPortID, int iIfOpen)',
  SDT_GetSAMIDToStr: 'int __stdcall SDT_GetSAMIDToStr(int iPortID, _Out_ uint8_t *pcSAMID, int iIfOpen)',
  SDT_StartFindIDCard: 'int __stdcall SDT_StartFindIDCard(int iPortID, _Out_ uint8_t *pucIIN, int iIfOpen)',
  SDT_SelectIDCard: 'int __stdcall SDT_SelectIDCard(int iPortID, _Out_ uint8_t *pucSN, int iIfOpen)',
  SDT_ReadBaseMsg: 'int __stdcall SDT_ReadBaseMsg(int iPortID, _Out_ uint8_t *pucCHMsg, _Out_ uint32_t *puiCHMsgLen, _Out_ uint8_t *pucPHMsg, _Out_ uint32_t *puiPHMsgLen, int iIfOpen)',
  SDT_ResetSAM: 'int __stdcall SDT_ResetSAM(int iPortID, int iIfOpen)',
  SDT_ReadBaseFPMsg: 'int __stdcall SDT_ReadBaseFPMsg(int iPortID, _Out_ uint8_t *pucCHMsg, _Out_ uint32_t *puiCHMsgLen, _Out_ uint8_t *pucPHMsg, _Out_ uint32_t *puiPHMsgLen, _Out_ uint8_t *pucFPMsg, _Out_ uint32_t *puiFPMsgLen, int iIfOpen)',
  SDT_ReadNewAppMsg: 'int __stdcall SDT_ReadNewAppMsg(int iPortID, _Out_ uint8_t *pucAppMsg, _Out_ uint32_t *puiAppMsgLen, int iIfOpen)',
  SDT_ReadMngInfo: 'int __stdcall SDT_ReadMngInfo(int iPortID, _Out_ uint8_t *pucManageMsg, int iIfOpen)',
  SDT_GetCOMBaud: 'int __stdcall SDT_GetCOMBaud(int iPortID, _Out_ uint32_t *puiBaud)',
  SDT_SetCOMBaud: 'int __stdcall SDT_SetCOMBaud(int iPortID, uint32_t uiCurrBaud, uint32_t uiSetBaud)',
  SDT_SetMaxRFByte: 'int __stdcall SDT_SetMaxRFByte(int iPortID, uint8_t ucByte, int iIfOpen)',
} as const;
type Name = keyof typeof PROTOTYPES;

/** Without these nothing can be read. Of the others a library may lack some. */
const NEEDED = ['SDT_OpenPort', 'SDT_ClosePort', 'SDT_GetSAMStatus', 'SDT_GetSAMIDToStr', 'SDT_StartFindIDCard', 'SDT_SelectIDCard', 'SDT_ReadBaseMsg'] as const satisfies Name[];
type Needed = (typeof NEEDED)[number];

/** Buffers are filled while the call runs, and must not be touched meanwhile. */
type SdtCall = (...parameters: (number | Uint8Array | Uint32Array)[]) => Promise<number>;
export type SdtFunctions = Record<Needed, SdtCall> & Partial<Record<Exclude<Name, Needed>, SdtCall>>;

/** No library of this kind promises to bear two calls at once, on whatever ports: who calls holds `lock`. */
export type SdtLibrary = { functions: SdtFunctions; lock: Lock };

const loaded = new Map<string, SdtLibrary>();

/** Loads a library once for the life of this process: vendors' libraries are not made to be unloaded. Every call runs in a thread of its own. */
export async function loadSdtLibrary(path: string): Promise<Result<SdtLibrary, NoLibrary>> {
  const before = loaded.get(path);
  if (before !== undefined) return ok(before);
  // Only a machine with such a reader loads the package and its binary.
  const { default: koffi } = await import('koffi');
  const functions: Partial<Record<Name, SdtCall>> = {};
  try {
    const library = koffi.load(path);
    for (const [name, prototype] of Object.entries(PROTOTYPES) as [Name, string][]) {
      try {
        functions[name] = promisify(library.func(prototype).async) as SdtCall;
      } catch (cause) {
        if (NEEDED.some((needed) => needed === name)) throw cause;
      }
    }
  } catch (cause) {
    return err({ kind: 'no-library', reason: cause instanceof Error ? cause.message : String(cause) });
  }
  const made = { functions: functions as SdtFunctions, lock: createLock() };
  loaded.set(path, made);
  return ok(made);
}
