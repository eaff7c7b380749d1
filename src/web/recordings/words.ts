import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

/** 1:05, or 1:02:05. */
export function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

const cuts: Readonly<Record<string, string>> = {
  ENOSPC: both('磁盘已满，后面没有录下', 'Cut short: the disk was full'),
  'worker-died': both('中断，接着录在另一段', 'Cut short; it goes on in another'),
  'process-died': both('系统中断，后面没有录下', 'Cut short: the process died'),
}
export const cutWords = (why: string) => cuts[why] ?? both(`中断（${why}）`, `Cut short (${why})`)

export const spanWords = {
  alone: both('等待中（没有录音）', 'On hold (not recorded)'),
  paused: both('坐席暂停录音', 'Paused by the agent'),
  lost: both('磁盘太慢，缺一段', 'Missing: the disk was too slow'),
}

/** Every word of the page. */
export const words = {
  asking: both('正在打开……', 'Opening …'),
  find: both('查找', 'Find'),
  list: both('录音', 'Recordings'),
  off: both(
    '现在没有开启通话录音。以前的录音仍在这里。',
    'Calls are not recorded now. What was recorded before is here.',
  ),
  order: both('工单号', 'Order'),
  call: both('通话', 'Call'),
  seat: both('坐席', 'Agent'),
  number: both('市民的电话号码（查找会记入审计）', 'The citizen’s number (asking is written down)'),
  from: both('从', 'From'),
  until: both('到', 'Until'),
  head: [
    both('开始', 'Began'),
    both('坐席', 'Agents'),
    { figures: both('时长', 'Length') },
    both('号码', 'Number'),
    both('工单', 'Orders'),
    both('线路', 'Line'),
    both('说明', 'Remarks'),
    { figures: both('质检', 'Points') },
  ],
  none: both('没有这样的录音', 'No such recordings'),
  older: both('更早的', 'Older'),
  withheld: both('未显示号码', 'withheld'),
  running: both('通话中', 'goes on'),
  pauses: (count: number) => both(`暂停 ${count} 次`, `${count} pauses`),
  hear: (time: string) => both(`听 ${time} 的录音`, `Hear the recording of ${time}`),
  back: both('回到列表', 'Back to the list'),
  player: both('播放', 'Player'),
  heardIs: both('您听了这段录音，会记入审计日志。', 'That you listen is written into the trail.'),
  play: both('播放', 'Play'),
  pause: both('暂停', 'Pause'),
  back10: both('后退 10 秒', 'Back 10 s'),
  on10: both('前进 10 秒', 'On 10 s'),
  speed: both('速度', 'Speed'),
  channels: both('声道', 'Channels'),
  channelBoth: both('两边', 'Both'),
  channelLeft: both('只听市民', 'The citizen alone'),
  channelRight: both('只听坐席和第三方', 'Agents and others alone'),
  citizen: both('市民', 'Citizen'),
  others: both('坐席和第三方', 'Agents and others'),
  position: both('播放位置', 'Where it plays'),
  at: (now: string, all: string) => both(`${now}，共 ${all}`, `${now} of ${all}`),
  keys: both(
    '焦点在播放器内时：空格 播放或暂停，←→ 5 秒，J/L 10 秒，Home/End 首尾，[ ] 上/下一条批注，M 写批注',
    'Within the player: space plays or pauses, ←→ 5 s, J/L 10 s, Home/End, [ ] earlier or later note, M writes a note',
  ),
  noSound: both('声音打不开', 'The sound cannot be opened'),
  silent: both('静音的部分', 'Silent stretches'),
  transcript: both('通话文字', 'Transcript'),
  noTranscript: both('没有保存这次通话的文字', 'No transcript of this call is kept'),
  notes: both('批注', 'Notes'),
  noNotes: both('还没有批注', 'No notes yet'),
  noteAt: (time: string) => both(`在 ${time} 写批注`, `Note at ${time}`),
  goTo: (time: string) => both(`跳到 ${time}`, `Go to ${time}`),
  add: both('加上', 'Add'),
  takeBack: both('撤回这条批注', 'Take this note back'),
  quality: both('质检', 'Quality'),
  noReviews: both('还没有质检', 'Not judged yet'),
  judge: both('填质检表', 'Fill in a sheet'),
  sheet: both('质检表', 'Sheet'),
  whose: both('评谁', 'Whose part'),
  most: (points: number) => both(`满分 ${points}`, `of ${points}`),
  comment: both('评语', 'Comment'),
  save: both('保存评分', 'Save'),
  points: (points: number) => both(`${points} 分`, `${points} of 100`),
  by: (who: string, time: string) => both(`${who} ${time}`, `${who}, ${time}`),
  answer: both('您的答复（只能写一次）', 'Your answer (once)'),
  send: both('提交答复', 'Send'),
  answered: (who: string) => both(`${who} 的答复`, `${who} answers`),
}
