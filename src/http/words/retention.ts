import type { Forgetting, Went } from '../../retention/api.ts'
import { both, type Words } from './words.ts'

export const stayedWords: Readonly<Record<Went['stayed'][number]['because'], Words>> = {
  held: both('依法留存', 'held'),
  'in-hand': both('还在办理或通话中', 'still in hand'),
  later: both('稍后自动继续', 'goes on by itself'),
  'of-another': both(
    '别人的工单里提到，须人工处理',
    'named in somebody else’s order: for a person to look at',
  ),
}

export const forgettingWords: Readonly<Record<Forgetting['state'], Words>> = {
  asked: both('等另一人同意', 'Waits for a second person'),
  refused: both('未同意', 'Refused'),
  running: both('正在删除', 'Going'),
  waiting: both('部分暂留', 'Some had to stay'),
  done: both('已删除', 'Done'),
}
