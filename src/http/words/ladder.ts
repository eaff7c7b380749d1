import type { LadderStep, StepState } from '../../callers/ladder/api.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

export const ladderStepWords: All<LadderStep> = {
  dissuade: both('劝阻', 'Asked to stop'),
  explain: both('批评教育', 'Told why'),
  warn: both('告知法律后果', 'Told what the law says'),
  restrict: both('限制', 'Restricted'),
}
/** What an agent may say at each step. */
export const ladderSayings: All<LadderStep> = {
  dissuade: both(
    '您的诉求我们已经记录。请您不要重复拨打占用线路，其他市民也在等待。',
    'We have written down what you want. Please do not keep the line: others wait.',
  ),
  explain: both(
    '条例第九条要求如实反映诉求、不得恶意反复拨打。您的工单正在办理，进展可随时查询。',
    'Article 9 of the regulation asks callers to be truthful and not to ring again and again in bad faith. Your order is in hand, and you can ask how it stands.',
  ),
  warn: both(
    '按照条例第三十七条，恶意反复拨打、占用热线资源的，予以劝阻、批评教育、告知法律后果。请您停止，否则您的来电会受到限制。',
    'By article 37 whoever rings again and again in bad faith is asked to stop, criticised and told what comes of it. Please stop, or your calls will be restricted.',
  ),
  restrict: both(
    '您的来电将排在其他市民之后，最多晚两分钟，到期自动恢复。按 0 转人工和紧急求助不受影响，您可以申诉。',
    'Your calls come up to two minutes after those of others, until a day. Key 0 and emergencies are as before, and you may appeal.',
  ),
}
export const stepStateWords: All<StepState> = {
  taken: both('已告知', 'Said'),
  proposed: both('待第二人同意', 'Waits for a second person'),
  refused: both('不同意', 'Refused'),
  holds: both('限制中', 'Holds'),
  appealed: both('申诉待定，暂停限制', 'Appealed; it rests'),
  upheld: both('申诉不成立', 'Stays'),
  lifted: both('已撤销', 'Lifted'),
}
