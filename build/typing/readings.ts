/**
 * Readings of names that the reading library may give otherwise. They are added to what it says, never put in its place: who types the
 * common reading finds the word, too. ü is v. Sources: 中华人民共和国行政区划简册 for places, 现代汉语词典 (7th edition) for surnames.
 */
export const NAME_READINGS: Readonly<Record<string, string>> = {
  六安: 'lu an', 六合: 'lu he', 东阿: 'dong e', 铅山: 'yan shan', 番禺: 'pan yu', 黄陂: 'huang pi', 大埔: 'da bu', 浚县: 'xun xian', 尉犁: 'yu li',
  单县: 'shan xian', 莘县: 'shen xian', 监利: 'jian li', 乐清: 'yue qing', 台州: 'tai zhou', 天台: 'tian tai', 丽水: 'li shui', 蚌埠: 'beng bu', 亳州: 'bo zhou',
  涡阳: 'guo yang', 歙县: 'she xian', 黟县: 'yi xian', 枞阳: 'zong yang', 砀山: 'dang shan', 鄞州: 'yin zhou', 嵊州: 'sheng zhou', 诸暨: 'zhu ji', 衢州: 'qu zhou',
  阆中: 'lang zhong', 犍为: 'qian wei', 郫县: 'pi xian', 珙县: 'gong xian', 邛崃: 'qiong lai', 渑池: 'mian chi', 中牟: 'zhong mu', 武陟: 'wu zhi', 柘城: 'zhe cheng',
  郏县: 'jia xian', 泌阳: 'bi yang', 洪洞: 'hong tong', 隰县: 'xi xian', 临汾: 'lin fen', 长子县: 'zhang zi xian', 繁峙: 'fan shi', 井陉: 'jing xing', 蔚县: 'yu xian',
  乐亭: 'lao ting', 任丘: 'ren qiu', 大城: 'dai cheng', 藁城: 'gao cheng', 栾城: 'luan cheng', 吴堡: 'wu bu', 柞水: 'zha shui', 宕昌: 'tan chang', 岷县: 'min xian',
  张掖: 'zhang ye', 勐海: 'meng hai', 筠连: 'jun lian', 荥阳: 'xing yang', 荥经: 'ying jing', 耒阳: 'lei yang', 郴州: 'chen zhou', 枝江: 'zhi jiang', 秭归: 'zi gui',
  牟平: 'mu ping', 临朐: 'lin qu', 莒县: 'ju xian', 郯城: 'tan cheng', 鄄城: 'juan cheng', 曲阜: 'qu fu', 无棣: 'wu di', 东莞: 'dong guan', 儒岙: 'ru ao',
  会稽: 'kuai ji', 厦门: 'xia men', 闽侯: 'min hou', 长汀: 'chang ting', 尤溪: 'you xi', 盱眙: 'xu yi', 邳州: 'pi zhou', 睢宁: 'sui ning', 睢县: 'sui xian', 溧水: 'li shui',
  甪直: 'lu zhi', 浒墅关: 'xu shu guan', 浒湾: 'xu wan', 瓯海: 'ou hai', 洞头: 'dong tou', 缙云: 'jin yun', 象山: 'xiang shan', 奉化: 'feng hua', 上虞: 'shang yu', 镜岭: 'jing ling',
  尉迟: 'yu chi', 万俟: 'mo qi', 令狐: 'ling hu', 澹台: 'tan tai', 长孙: 'zhang sun', 单于: 'chan yu', 贾: 'jia', 单: 'shan', 解: 'xie', 仇: 'qiu', 区: 'ou', 任: 'ren',
  曾: 'zeng', 查: 'zha', 盖: 'ge', 华: 'hua', 缪: 'miao', 宓: 'fu', 朴: 'piao', 覃: 'qin', 冼: 'xian', 洗: 'xian', 员: 'yun', 乐: 'yue', 折: 'she', 祭: 'zhai', 翟: 'zhai', 晟: 'sheng',
  召: 'shao', 种: 'chong', 逄: 'pang', 燕: 'yan', 那: 'na', 尹: 'yin', 卜: 'bu', 繁: 'po', 𠮷: 'ji', 黑: 'he', 秘: 'bi', 冯: 'feng', 车: 'che', 谌: 'chen', 隗: 'wei', 郇: 'xun', 禚: 'zhuo',
  阚: 'kan', 郄: 'qie', 昝: 'zan', 麴: 'qu', 亓: 'qi', 晁: 'chao', 郜: 'gao', 逯: 'lu', 呙: 'guo', 佴: 'nai', 妫: 'gui', 芈: 'mi', 訾: 'zi', 仉: 'zhang', 郗: 'xi', 褚: 'chu', 糜: 'mi', 岙: 'ao', 埭: 'dai', 堰: 'yan',
};
