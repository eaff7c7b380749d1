import { catalogueForms } from '../../../http/words/catalogue-faults.ts'
import { type Form, is } from './form.ts'

/** Of the catalogue of what citizens ask for, and of texts that are held against it. */
export const triageForms: readonly Form[] = [
  ...catalogueForms,
  [/^no folder that can be read \((.+)\)$/, reason => `读不到目录（${reason}）`],
  is('a folder with a file for each class', '每个一级类一个文件的目录'),
  is('a text', '一段文字'),
  is('a label', '类别'),
  [/^no such (".+")$/, key => `没有合用的 ${key}`],
  is('no line', '没有一行'),
  is('JSON lines, as {"text":"…","label":"…"}', 'JSON Lines，如 {"text":"…","label":"…"}'),
  [/^label (".+") once$/, label => `类别 ${label} 只有一条`],
  is('at least 2 examples of each label', '每类至少 2 条'),
  is('one label', '只有一类'),
  is('at least 2 labels', '至少 2 类'),
  [/^label (".+")$/, label => `类别 ${label}`],
  is('an object of the catalogue', '事项目录里的对象'),
  is('what is no model', '不是模型'),
  is('a file that `jieting triage train` wrote', '`jieting triage train` 写的文件'),
  [/^a model of version (.+)$/, version => `版本 ${version} 的模型`],
  [/^one of version (\d+), trained again$/, version => `版本 ${version} 的模型：请重新训练`],
  is('a model that was cut off or changed', '不完整或改动过的模型'),
  is('the whole file, as it was written', '完整的原文件'),
  is('no such file, and none in the database that is whole', '没有这个文件，数据库里也没有完整的'),
  is('the file as a night of learning wrote it', '夜间学习写下的文件'),
  is('a time of day such as 03:30, or off', '时刻，如 03:30，或 off'),
  is('a time, as 2026-01-05 08:30', '时间，如 2026-01-05 08:30'),
  is('names with blanks between them', '用空格隔开的名称'),
  is('a share from 0 to below 1', '0 到 1 之间的比例（不含 1）'),
  is('a file that can be written', '可以写的文件'),
  is('a whole number above 0', '大于 0 的整数'),
]
