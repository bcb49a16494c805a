/** A thing that is fetched when first asked for and then kept. One that could not be fetched is asked for anew. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let held: Promise<T> | null = null;
  return () => {
    held ??= load().catch((error: unknown) => {
      held = null;
      throw error;
    });
    return held;
  };
}
