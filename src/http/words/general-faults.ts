import { bounds, type Form, is, listed } from './form.ts'

/** General patterns; longer ones come first, since they contain the shorter ones. */
export const general: readonly Form[] = [
  [/^one of (.+); did you mean "(.+)"\?$/, (words, meant) => `${listed(words)} 之一；是不是“${meant}”？`],
  [/^one of (.+)$/, words => `${listed(words)} 之一`],
  // Words that have to be typed exactly.
  [/^((?:do: )?)([a-z-]+(?:, [a-z-]+)+,? or [a-z-]+)$/, (what, words) => `${what}${listed(words)} 之一`],
  is('nothing here', '这里什么都不写'),
  is('nothing', '空'),
  is('a value that does not fit', '不合格的值（不显示）'),
  is('a field that is not known here', '这里没有的字段'),
  is('none of this name', '没有这个名字的字段'),
  is('a list', '一个列表'),
  is('an empty map', '空的内容'),
  [/^a map of (.+)$/, keys => `含 ${listed(keys)} 的内容`],
  is('an object with nothing in it', '空的对象'),
  [/^an object with (.+)$/, keys => `含 ${listed(keys)} 的对象`],
  [/^no ("[^"]+"|`[^`]+`)$/, what => `没有 ${what}`],
  [/^(".+") again$/, what => `又一个 ${what}`],
  is('true or false', 'true 或 false'),
  is('one line, without control characters', '一行，不含控制字符'),
  [/^a number from ([\d.]+) to ([\d.]+)$/, (least, most) => `${least} 到 ${most} 的数`],
  [/^a whole number from (\d+) to (\d+)$/, (least, most) => `${least} 到 ${most} 的整数`],
  is('more bytes than are taken', '超过上限的字节数'),
  is(
    'text without a zero byte and without half of a character (a lone surrogate)',
    '文字，不含零字节和残缺的字符',
  ),
  is('text', '文字'),
  is('a number', '数字'),
  is('an object', '一个对象（{ … }）'),
  is('another value', '别的值'),
  is('one of the shapes that it may have', '它可以有的几种形式之一'),
  [/^(exactly|at most|at least) (\d+) entries$/, (word, count) => `${bounds[word]} ${count} 项`],
  [
    /^(exactly|at most|at least|less than|more than) (-?[\d.]+)( characters)?$/,
    (word, limit, characters) => `${bounds[word]} ${limit}${characters ? ' 个字符' : ''}`,
  ],
  [/^a multiple of (.+)$/, divisor => `${divisor} 的倍数`],
  [/^text of the form (.+)$/, form => `符合 ${form} 的文字`],
  [/^text in the format (.+)$/, format => `${format} 格式的文字`],
]
