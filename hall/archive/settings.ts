import { Encrypter } from 'age-encryption';
import { z } from 'zod';

/** The section `archive` of the hall's configuration. */
export const ArchiveSettings = z.strictObject({
  /** Whom packages are sealed for: the archive's public key, `age1…`, as age-keygen prints it. Empty: nothing can be archived. */
  recipient: z.string().refine((key) => key === '' || isRecipient(key), 'no public key of age: age1 and 58 letters').default(''),
  /** Days after which a closed case is archived by itself; null: by hand only. */
  after: z.int().min(1).max(3650).nullable().default(null),
  /** 全宗号 or name, 密级, 保管期限: what the county's archive rules say. */
  fonds: z.string().max(60).default(''),
  security: z.string().max(20).default('无'),
  retention: z.string().min(1).max(20).default('30年'),
});
export type ArchiveSettings = z.infer<typeof ArchiveSettings>;

function isRecipient(key: string): boolean {
  try {
    new Encrypter().addRecipient(key);
    return key.startsWith('age1');
  } catch {
    return false;
  }
}
