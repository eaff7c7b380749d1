import { type Form, is } from '../../../http/words/form.ts'

/** What a call that is written down holds, and a file of another language. */
export const flowFiles: readonly Form[] = [
  is('a folder of flows', '放流程的文件夹'),
  is('a folder of flows that can be read', '读得到的流程文件夹'),
  is('something to expect', '要核对的内容'),
  is('keys in quotes', '加引号的按键'),
  is('keys: 0 to 9, * and #, in quotes', '加引号的按键：0 到 9、* 和 #'),
  is('a list of { id: …, words: … }', '由 { id: …, words: … } 组成的列表'),
  is('a list of steps', '步骤的列表'),
  is('a call: call, flow, world, steps', '一通电话：call、flow、world、steps'),
  is('no step', '没有步骤'),
  is('some', '至少一个'),
  is(
    'words by the names that the flow has for them, as { prompt: … }',
    '按流程里的名字写的话，如 { prompt: … }',
  ),
  is('words by state', '按步骤写的话'),
  is('missed and states', 'missed 和 states'),
  is('ten words, from zero to nine', '十个词，从零到九'),
  is('words by flow', '按流程写的话'),
  is('a language: language, digits, flows', '一种语言：language、digits、flows'),
]
