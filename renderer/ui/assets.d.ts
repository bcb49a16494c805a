/** What the bundler makes of files that are not code. */
declare module '*.css';
declare module '*.ttf' {
  const address: string;
  export default address;
}
declare module '*?url' {
  const address: string;
  export default address;
}
