import { type Form, is } from '../form.ts'

/** Patterns for faults of recordings, and of the proof that callers are told of them. */
export const recordingForms: readonly Form[] = [
  [/^"(.+)" before anything says \{recorded\}$/, node => `“${node}”之前没有播报 {recorded}`],
  [/^"(.+)" without \{recorded\} in (.+)$/, (node, languages) => `“${node}”的 ${languages} 没有 {recorded}`],
  is(
    'a sentence with {recorded} on every way there, or in its own prompt',
    '每条通往这里的路上，或者本环节的提示语里，有一句带 {recorded} 的话',
  ),
  is('the sentence in every language', '每种语言都有这句话'),
  is('1 to 32 small letters, digits and dashes', '1 到 32 个小写字母、数字和短横线'),
  is('a whole number of seconds from 10 to 600', '10 到 600 的整数秒'),
  is('sheets with ids of their own', '质检表的编号各不相同'),
  is('a call that goes on', '还没有结束的通话'),
  is('a call that is not recorded', '没有录音的通话'),
  is('one that is', '正在录音的通话'),
  is('one that is over', '已经结束的'),
  is('the id of a recording', '录音的编号'),
  is('no recording of this id', '没有这个编号的录音'),
  is('one that the list names', '列表里有的录音'),
  is('a recording whose sound is gone', '声音已不在的录音'),
  is('one that is there', '还在的录音'),
  is('no note of yours of this id', '没有您写的这条批注'),
  is('one of yours', '您自己的'),
  is('no sheet of this id', '没有这个编号的质检表'),
  is('a supervisor', '班长'),
  is('a seat that was not in this call', '没有参加这次通话的坐席'),
  is('one that was', '参加了的坐席'),
  is('no sheet about you of this id', '没有对您的这份评分'),
  is('one about you', '对您的评分'),
  is('one that you gave before', '您已经给过的答复'),
  is('a sheet that you have not answered', '您还没有答复的评分'),
]
