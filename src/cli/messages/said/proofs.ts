import { type Form, is, listed } from '../../../http/words/form.ts'

/** What the proof finds and expects, and what a survey needs of its flow. */
export const proofs: readonly Form[] = [
  [/^a hang-up at (".+"), (".+")$/, (state, because) => `在 ${state} 挂断，原因写的是 ${because}`],
  is(
    'their business done before: a recording kept, a status told, a rating given or a text sent',
    '此前办完了来电人的事：留了言、告知了进度、评了分或发了短信',
  ),
  is('something that was to be done for them to have failed', '此前有要替来电人办的事没有办成'),
  is('a key of theirs that means it', '来电人按了表示挂断的键'),
  is('a reason', '原因'),
  [/^words in (\S+)$/, language => `${language} 的话`],
  [
    /^(".+"), (\w+), with nobody on the way$/,
    (state, doing) => `${state}，${doings[doing] ?? doing}，没有人会来接`,
  ],
  is('key 0 to lead to a person', '按 0 转人工'),
  is('* and then 0 to lead to a person', '按 * 再按 0 转人工'),
  is('a pause and then 0 to lead to a person', '停一下再按 0 转人工'),
  is('something to come, of itself', '接下来自己会有动静'),
  [/^a number that may begin with one of (.+)$/, begins => `可能以 ${listed(begins)} 开头的号码`],
  is('first digits from 1 to 9', '首位是 1 到 9'),
  [
    /^a state that collects (".+") with (.*)$/,
    (name, values) => `收集 ${name} 的步骤，值为 ${listed(values)}`,
  ],
  [/^no state that collects (".+")$/, name => `没有收集 ${name} 的步骤`],
  [/^(".+") with (.+)$/, (name, values) => `${name}，值为 ${listed(values)}`],
  [/^a recording (".+"), which nobody listens to$/, name => `录音 ${name}，没有人听`],
  [/^(\d+) misses in a row$/, misses => `连续 ${misses} 次没有答上`],
  [/^a person after (\d+)$/, misses => `${misses} 次以后转人工`],
  [/^(\d+) choices at (".+")$/, (choices, state) => `${state} 有 ${choices} 个选项`],
  [/^at most (\d+), 0 included$/, most => `最多 ${most} 个，包括 0`],
  [/^(".+") behind (\d+) other menus$/, (state, menus) => `${state} 前面还有 ${menus} 层菜单`],
  [/^at most (\d+) menus$/, most => `最多 ${most} 层菜单`],
  [/^a patience of ([\d.]+)(?: s)?$/, seconds => `等 ${seconds} 秒`],
  [/^a patience of ([\d.]+)(?: s)? at (".+")$/, (seconds, state) => `在 ${state} 等 ${seconds} 秒`],
  [/^([\d.]+) s to ([\d.]+) s$/, (least, most) => `${least} 到 ${most} 秒`],
  [/^(\d+) syllables a minute$/, pace => `每分钟 ${pace} 个音节`],
  is('what a key does, and then the key', '先说做什么，再说按哪个键'),
  is('a person', '人工'),
  [/^([\d.]+) s in (\S+)$/, (seconds, language) => `${seconds} 秒（${language}）`],
  [/^([\d.]+) s$/, seconds => `${seconds} 秒`],
  [/^at most ([\d.]+) s$/, most => `最多 ${most} 秒`],
  is('a way to it', '有路走到这里'),
  [/^(".+"), where nobody gets$/, state => `${state}，没有人走得到`],
  [
    /^(".+") to (".+") at (".+"), which nobody can take$/,
    (edge, to, state) => `${state} 里经 ${edge} 到 ${to} 的路，没有人走得了`,
  ],
  is('a way that somebody can take', '有人走得了的路'),
  [/^(".+") after them$/, state => `之后是 ${state}`],
]

/** What a state is doing, where a caller is left in it. */
const doings: Readonly<Record<string, string>> = {
  idle: '什么也没做',
  saying: '正在播放',
  waiting: '正在等待',
  looking: '正在判断',
  acting: '正在办理',
  recording: '正在录音',
  over: '已经结束',
}

/** `hears "…", presses 2`: what is heard stays as it is written in the flow. */
export const wayIn = (way: string) =>
  way.replace(/"[^"]*"|[^"]+/g, part => (part.startsWith('"') ? `“${part.slice(1, -1)}”` : stepsIn(part)))

const stepsIn = (steps: string) =>
  steps
    .replace(/hears /g, '听到')
    .replace(/presses (\S)/g, '按 $1')
    .replace(/waits ([\d.]+) s/g, '等 $1 秒')
    .replace(/speaks/g, '说话')
    .replace(/hangs up/g, '挂断')
    .replace(/the prompt fails/g, '提示音放不出')
    .replace(/it is decided/g, '流程作出判断')
    .replace(/it is done/g, '办成了')
    .replace(/it fails/g, '没办成')
    .replace(/a callback is owed/g, '回拨已登记')
    .replace(/the queue moves/g, '队伍前移')
    .replace(/the queue is full/g, '队伍已满')
    .replace(/the queue fails/g, '排队出错')
    .replace(/a person answers/g, '人工接听')
    .replace(/, /g, '，')
