import { forgettingWords, stayedWords } from '../../http/words/retention.ts'
import type { Language } from '../../http/words/words.ts'
import { termsIn } from './terms.ts'

const valuesIn = (language: Language) => {
  const terms = termsIn(language)
  return {
    states: terms(forgettingWords),
    stays: terms(stayedWords),
  }
}

/** What is said at the terminal about what ends: periods, holds, one person's data. */
const zh = {
  about: '一个人的全部数据：导出、删除、依法留存',
  exportAbout: '导出一个号码的全部数据，写成一个 JSON 文件',
  number: '电话号码',
  whom: '电话号码；只删一次来电的，写来电编号（call_…）',
  file: '写到这个文件（只有本人可读）；不写则输出到屏幕',
  exported: (file: string, rows: number) => `已写入 ${file}：共 ${rows} 条`,
  forgetAbout: '申请删除一个号码或一次来电的全部数据；须由另一人同意（person agree）',
  because: '为什么（不要写号码）',
  signer: '谁：登录名，须为数据保护审计或管理员',
  asked: '已申请。请另一人运行：jieting person agree <号码> --as <登录名>',
  agreeAbout: '同意（或用 --refuse 拒绝）删除，并等到删完',
  refuse: '不同意',
  refused: '未同意，没有删除任何数据',
  listAbout: '列出删除申请和结果',
  listHead: ['申请时间', '号码', '号码记号', '状态', '申请人', '决定人', '原因'],
  none: '没有删除申请',
  wentHead: ['位置', '内容', '删除或抹去', '暂留'],
  stayed: (about: string, why: string) => `${about}：${why}`,
  more: (count: number) => `另有 ${count} 项`,
  done: '全部删除完毕',
  waits: '部分数据暂时不能删除，条件满足后自动继续；进度见 jieting person list',
  goesOn: '仍在删除，进度见 jieting person list',
  holdAbout: '依法留存一个号码或一件工单：到期前既不清除也不删除',
  order: '工单号（留存工单时写，不写号码）',
  until: '留存到哪一天，如 2027-01-01',
  held: (id: string, day: string) => `已留存（${id}），到 ${day}`,
  holdsAbout: '列出依法留存',
  holdsHead: ['编号', '对象', '原因', '谁', '从', '到', '状态'],
  noHolds: '没有依法留存',
  holds: '留存中',
  over: '已结束',
  releaseAbout: '提前解除依法留存',
  holdId: '留存的编号',
  released: (id: string) => `已解除 ${id}`,
  retentionAbout: '每类数据保存多久，到期清除了多少',
  retentionHead: ['类别', '名称', '保存天数', '上次清除', '清除', '累计', '位置'],
  never: '尚未清除',
  seats: (kept: boolean): string =>
    kept ? '坐席页的自动转写：保存' : '坐席页的自动转写：不保存，来电人要求字幕的除外',
  wrongDay: '日期，如 2027-01-01',
  ...valuesIn('zh-CN'),
}

const en: typeof zh = {
  about: 'all data of one person: export, forget, hold',
  exportAbout: 'export all data of a number as one JSON file',
  number: 'a telephone number',
  whom: 'a telephone number; for one call alone, its id (call_…)',
  file: 'written there (only its owner reads it); to the screen when left out',
  exported: (file, rows) => `written to ${file}: ${rows} rows`,
  forgetAbout:
    'ask that all data of a number, or of one call, is deleted; another member has to agree (person agree)',
  because: 'why (without the number)',
  signer: 'who: the name they sign in by, of an auditor or an admin',
  asked: 'Asked for. Another member now runs: jieting person agree <number> --as <name>',
  agreeAbout: 'agree to it (or refuse with --refuse), and wait until it is done',
  refuse: 'refuse',
  refused: 'Refused; nothing was deleted',
  listAbout: 'list requests, and what came of them',
  listHead: ['Asked', 'Number', 'Mark', 'State', 'By', 'Decided by', 'Why'],
  none: 'no requests',
  wentHead: ['Where', 'What', 'Went', 'Stayed'],
  stayed: (about, why) => `${about}: ${why}`,
  more: count => `${count} more`,
  done: 'All of it has gone',
  waits: 'Some of it has to stay for now, and goes by itself later: jieting person list',
  goesOn: 'It goes on: jieting person list',
  holdAbout: 'hold a number or an order: until that day nothing of it is let go or forgotten',
  order: 'the number of an order (to hold an order, in place of a number)',
  until: 'until which day, as 2027-01-01',
  held: (id, day) => `Held (${id}) until ${day}`,
  holdsAbout: 'list what is held',
  holdsHead: ['Id', 'Of', 'Why', 'By', 'From', 'Until', 'State'],
  noHolds: 'nothing is held',
  holds: 'holds',
  over: 'over',
  releaseAbout: 'lift a hold before its day',
  holdId: 'the id of the hold',
  released: id => `Lifted ${id}`,
  retentionAbout: 'how long what is kept, and how much went when it was over',
  retentionHead: ['Kind', 'Name', 'Days', 'Last swept', 'Went', 'In all', 'Where'],
  never: 'not yet',
  seats: kept =>
    kept
      ? 'What seats read along: kept'
      : 'What seats read along: not kept, unless the caller asked for captions',
  wrongDay: 'a day, as 2027-01-01',
  ...valuesIn('en'),
}

export const retentionWords = { 'zh-CN': zh, en }
