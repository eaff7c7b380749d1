import * as w from '../../http/words/ladder.ts'
import { cityTime } from '../city.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const stepWords = sayAll(w.ladderStepWords)
export const sayings = sayAll(w.ladderSayings)
export const stateWords = sayAll(w.stepStateWords)

export const refusalOf = (code: string) =>
  refused(code, {
    'request-invalid': both(
      '请检查：电话号码、通话或工单号、内容',
      'Look at the number, calls or orders, and words',
    ),
  })

export const words = {
  ladder: both('不当来电', 'Misused calls'),
  method: both(
    '依据《北京市接诉即办工作条例》第九条、第三十七条：劝阻、批评教育、告知法律后果，逐级进行，每一级都要有新的事实；限制须两人同意，最多 30 天，可申诉，由另外的人决定，申诉期间不限制。限制只是排队靠后（最多两分钟）：按 0 转人工、紧急求助和工单办理都不受影响。隐藏或未经网络证实的号码不限制。',
    'By articles 9 and 37: ask to stop, explain, tell what the law says, one after the other and each on something new. Restricting takes two persons, ends within 30 days, and can be appealed; somebody else decides, and it rests meanwhile. Whoever is restricted stands up to two minutes further back in the queue: key 0, emergencies and orders are as for everybody. Numbers that are withheld or that no network vouches for are not restricted.',
  ),
  asking: both('正在打开……', 'Opening …'),
  none: both('没有记录', 'There is nobody'),
  facts: both('依据', 'Rests on'),
  until: (time: string) => both(`至 ${time}`, `until ${time}`),
  days: (days: number) => both(`${days} 天`, `${days} days`),
  by: (who: string, when: string) => both(`${who} · ${when}`, `${who} · ${when}`),
  second: (who: string) => both(`第二人：${who}`, `second: ${who}`),
  appealedBy: (who: string) => both(`申诉由 ${who} 记录`, `appeal written by ${who}`),
  closedBy: (who: string) => both(`申诉由 ${who} 决定`, `appeal decided by ${who}`),
  mine: both('您提出的，须另一人决定', 'You proposed it; another person decides'),
  why: both('理由', 'Why'),
  appealWords: both('来电人的申诉', 'What the caller says'),
  agree: both('同意限制', 'Agree'),
  refuse: both('不同意', 'Refuse'),
  appeal: both('记录申诉', 'Write the appeal down'),
  lift: both('申诉成立，撤销', 'Lift it'),
  stay: both('申诉不成立', 'It stays'),
  take: (step: string) => both(`记录：${step}`, `Write down: ${step}`),
  next: both('下一步', 'Next'),
  begin: both('新的号码', 'Another number'),
  number: both('电话号码', 'Telephone number'),
  look: both('查看', 'Look'),
  givenFacts: both('依据的通话或工单，每行一个', 'Calls or orders that it rests on, one a line'),
  said: both('对来电人说了什么', 'What was said to them'),
  howLong: both('限制天数（1 至 30）', 'Days, 1 to 30'),
  saying: both('可以这样说', 'You may say'),
  onLadder: (step: string) => both(`不当来电：已${step}`, `Misused calls: ${step}`),
  restricted: (until: string) => both(`排队靠后，至 ${until}`, `stands further back until ${until}`),
}

export const timeOf = (ms: number) => cityTime(ms)
