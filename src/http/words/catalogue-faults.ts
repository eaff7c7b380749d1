import { dispatchForms } from './dispatch-faults.ts'
import { type Form, is } from './form.ts'

/** The texts of catalogue faults as patterns, with their Chinese; used at the terminal and on the page. */
export const catalogueForms: readonly Form[] = [
  ...dispatchForms,
  [/^code (\d+) again$/, code => `代码 ${code} 又出现一次`],
  [/^(".+") again$/, name => `${name} 又出现一次`],
  [/^each once; the first is at (.+)$/, place => `各写一次；第一次在 ${place}`],
  [/^each name once; the first is at (.+)$/, place => `每个名字写一次；第一次在 ${place}`],
  [/^code (\d+), which is in use$/, code => `代码 ${code}，还在使用`],
  [/^code (\d+), which is not there$/, code => `代码 ${code}，不存在`],
  [/^code (\d+), which is gone$/, code => `代码 ${code} 不见了`],
  is('the code that it is now', 'former.json 里写明它现在的代码'),
  [/^a cycle: (.+)$/, way => `循环：${way}`],
  is('a code that was', '停用的代码'),
  is('nothing that is another', '没有改动'),
  is('a change', '有改动的草稿'),
  is('no draft', '没有草稿'),
  is('one that was begun', '已经开始的草稿'),
  [/^(\d+), and the draft is at (\d+)$/, (asked, now) => `${asked}，而草稿已到 ${now}`],
  [/^version (\d+), decided since$/, version => `后来换上的版本 ${version}`],
  is('the draft as it is now: look, and do it again', '现在的草稿：看一看，再做一次'),
  is(
    'the version that the draft began with: give it up and begin another',
    '草稿开始时的版本：请放弃，另开一份',
  ),
  is('a code that is there', '现有的代码'),
  [/^(\d+) digits$/, digits => `${digits} 位数字`],
  is('a name', '名称'),
  is('a name of 1 to 24 characters, without blanks and ·', '1 到 24 个字的名称，没有空格和 ·'),
  is('words with blanks between them', '用空格隔开的说法'),
  is('a category of catalogue.json', 'catalogue.json 里的类别'),
  is('a unit of catalogue/units.json', '事项目录 units.json 里的单位'),
  is('a unit of units.json', 'order-rules/units.json 里的单位'),
  [/^no unit in (.+)$/, district => `在${district}没有单位`],
  is('one in every district', '每个区都有单位'),
  is('no kind', '没有事项'),
  is('at least one', '至少一个'),
  is('another object', '另一个对象'),
  [/^(".+"), a word of (.+)$/, (word, object) => `${word}，已是“${object}”的说法`],
  is('a word that no other object has', '别的对象没有的说法'),
  [/^(".+"), of no object$/, category => `${category}，没有对象属于它`],
  is('an object of it', '属于它的对象'),
  [/^(".+"), which finds (.*)$/, (sentence, found) => `${sentence}，找到的是 ${found}`],
  is('itself among the first three', '自己的对象在前三个里'),
  is('no such file in the catalogue', '事项目录里没有这个文件'),
  is('one of its files', '其中一个文件'),
  [/^what is no JSON, or has no place for (.+)$/, place => `不是 JSON，或里面没有 ${place} 的位置`],
  is('a file that can be edited', '可以修改的文件'),
  is('the name of a file, as 01-utilities.json', '文件名，如 01-utilities.json'),
  is('the revision that was seen', '看到的草稿修订号'),
  is('a path in the file', '文件里的位置'),
  is('a time that is to come, in milliseconds', '将来的时间（毫秒）'),
  is('a time that is over', '已过的时间'),
  is('one that is to come, or none', '将来的时间，或不写'),
  is('the number of a version', '版本号'),
  [/^the number of a version, as (`.+`) lists them$/, command => `版本号，见 ${command}`],
  is('why it is another', '说明为什么修改'),
  is('what it is called', '名称'),
  is('the code of a kind in the catalogue', '事项目录里的代码'),
]

const general: readonly Form[] = [
  is('nothing', '空'),
  is('JSON', 'JSON'),
  is('what is no JSON', '不是 JSON'),
  is('a JSON file', 'JSON 文件'),
  [/^no file that can be read \(.+\)$/, () => '没有这个文件'],
]

/** A text without a known pattern stays English: half a fault in English helps more than none. */
export function catalogueFaultInChinese(text: string): string {
  for (const [form, say] of [...catalogueForms, ...general]) {
    const found = form.exec(text)
    if (found) return say(...found.slice(1))
  }
  return text
}
