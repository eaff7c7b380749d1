import * as retentionWords from '../../http/words/retention.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const stayedWords = sayAll(retentionWords.stayedWords)
export const stateWords = sayAll(retentionWords.forgettingWords)

export const refusalOf = (code: string) =>
  refused(code, {
    'request-invalid': both(
      '请核对号码、日期和原因（原因里不要写号码）',
      'Check the number, the day and the reason (without a number in it)',
    ),
  })

/** Every word of the page. */
export const words = {
  title: { 'zh-CN': '个人数据', en: 'Personal data' },
  asking: both('正在打开……', 'Opening …'),
  one: both('一个人的全部数据', 'All of one person'),
  number: both('电话号码', 'Telephone number'),
  whom: both('电话号码，或来电编号（只删这一次来电）', 'Telephone number, or the id of one call to forget'),
  export: both('导出（JSON）', 'Export (JSON)'),
  exportNote: both('导出会记入审计日志。', 'That you export is written down in the trail.'),
  forget: both('申请删除', 'Ask to forget'),
  because: both('原因（不要写号码）', 'Why (without the number)'),
  two: both('须由另一人同意后才会删除。', 'Nothing goes until another member agrees.'),
  requests: both('删除申请', 'Requests to forget'),
  noRequests: both('没有删除申请', 'No requests'),
  askedBy: (who: string, at: string) => both(`${who} 于 ${at} 申请`, `asked by ${who}, ${at}`),
  decidedBy: (who: string, at: string) => both(`${who} 于 ${at} 决定`, `decided by ${who}, ${at}`),
  call: (id: string) => both(`来电 ${id}`, `call ${id}`),
  mark: (mark: string) => both(`号码记号 ${mark}`, `mark ${mark}`),
  mine: both('等另一人决定', 'Another member has to decide'),
  sameNumber: both(
    '请输入申请的号码或来电编号，核对后决定',
    'Type the number or call that it is about, and decide',
  ),
  agree: both('同意删除', 'Agree'),
  refuse: both('不同意', 'Refuse'),
  went: both('删了什么，暂留什么', 'What went, and what stayed'),
  head: [both('内容', 'What'), { figures: both('删除或抹去', 'Went') }, both('暂留', 'Stayed')],
  nothingWent: both('没有这个人的数据', 'Nothing was here of them'),
  holds: both('依法留存', 'Legal holds'),
  noHolds: both('没有依法留存', 'Nothing is held'),
  order: both('或工单号', 'or an order'),
  until: both('留存到', 'Until'),
  hold: both('留存', 'Hold'),
  holdNote: both('到期前既不清除，也不删除。', 'Until that day nothing of it is let go or forgotten.'),
  heldBy: (who: string, from: string, until: string) =>
    both(`${who}，${from} 至 ${until}`, `${who}, ${from} to ${until}`),
  over: both('已结束', 'over'),
  lift: both('解除', 'Lift'),
  periods: both('每类数据保存多久', 'How long what is kept'),
  periodHead: [
    both('类别', 'Kind'),
    { figures: both('天数', 'Days') },
    both('上次清除', 'Last swept'),
    { figures: both('清除', 'Went') },
    { figures: both('累计', 'In all') },
    both('内容', 'What'),
  ],
  never: both('尚未清除', 'not yet'),
  seats: (kept: boolean) =>
    kept
      ? both('坐席页的自动转写：保存。', 'What seats read along is kept.')
      : both(
          '坐席页的自动转写：不保存，来电人要求字幕的除外。',
          'What seats read along is not kept, unless the caller asked for captions.',
        ),
}
