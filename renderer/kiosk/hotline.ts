/** 12345 政务服务便民热线, the same number everywhere in the country (国办发〔2020〕53号). */
export const HOTLINE = '12345';
