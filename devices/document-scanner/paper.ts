/** The sheet that is asked for: what offices hand out and take in. */
export const A4_MILLIMETRES = { width: 210, height: 297 };
