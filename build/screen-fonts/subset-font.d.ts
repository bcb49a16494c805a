declare module 'subset-font' {
  /** Cuts a font down to what a text needs. @returns a font of the same format */
  export default function subsetFont(font: Buffer, text: string, options?: { targetFormat?: 'sfnt' | 'woff2' }): Promise<Buffer>;
}
