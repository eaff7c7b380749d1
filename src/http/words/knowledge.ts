import type { KnowledgeDetail, KnowledgeStanding } from '../../knowledge/api.ts'
import { both, type Words } from './words.ts'

/** The states of a version. */
export const knowledgeStandingWords: Readonly<Record<KnowledgeStanding, Words>> = {
  draft: both('草稿', 'Draft'),
  'in-review': both('待审核', 'In review'),
  coming: both('未生效', 'To come'),
  current: both('有效', 'Current'),
  expired: both('已过期', 'Expired'),
  replaced: both('已被替换', 'Replaced'),
  withdrawn: both('已撤回', 'Withdrawn'),
}

export const knowledgeEventWords: Readonly<Record<KnowledgeDetail['events'][number]['kind'], Words>> = {
  drafted: both('起草', 'Drafted'),
  changed: both('修改', 'Changed'),
  submitted: both('提交审核', 'Submitted'),
  'sent-back': both('退回修改', 'Sent back'),
  shipped: both('随产品发布的示例，未经人审核', 'An example of the product, reviewed by nobody'),
  published: both('审核发布', 'Reviewed and published'),
  withdrawn: both('撤回', 'Withdrawn'),
}
