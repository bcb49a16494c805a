import type { ConfigProviderProps } from 'antd';
import imported from 'antd/locale/zh_CN.js';

type Locale = NonNullable<ConfigProviderProps['locale']>;

/** The components' own words. A CommonJS default is the module to Node's rules and its `default` to a bundler's: either is taken. */
export const chinese: Locale = 'default' in imported ? imported.default : imported;
