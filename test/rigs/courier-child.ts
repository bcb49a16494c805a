/** Writes a parcel onto the stick named on the command line and says when it is in the second page, where the test kills it. */
import { generateWrappingKey } from '../../crypto/seal.ts';
import { blobSource, orderOf } from '../../courier/test-parcel.ts';
import { writeParcel } from '../../courier/write.ts';

const [stick = ''] = process.argv.slice(2);
await writeParcel(orderOf(stick, generateWrappingKey(), {
  sources: [blobSource(1, 40 * 1024 * 1024), blobSource(2, 40 * 1024 * 1024)],
  progress: (done) => void (done > 60 * 1024 * 1024 ? process.stdout.write('half\n') : null),
}));
