import type { ReturnOutcome } from '../../orders/returning/api.ts'
import type {
  InstructionCause,
  InstructionOutcome,
  SiteVerdict,
  SupervisionLevel,
} from '../../orders/supervising/api.ts'
import {
  type CitizenAnswer,
  centre,
  type ErasureReason,
  type NewOrderRequest,
  type OrderAct,
  type OrderDetail,
  type OrderRulesShown,
  type OrderSummary,
  type RateQuery,
  type SuggestedUnit,
  type SuggestedUnits,
} from '../contract.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>
type ReturnDecision = Extract<OrderAct, { do: 'decide-return' }>['outcome']
type Result = Extract<OrderAct, { do: 'close' }>['result']
type Mode = NonNullable<NewOrderRequest['contact']>['mode']

/** Stands in for a category that is not decided yet. */
export const undecidedWords = both('事项待定', 'Not said yet')

/** The name of a unit or category; the two may share an id. Unknown ids are shown as they are. */
export function calledIn(rules: OrderRulesShown | undefined, kind: RateQuery['by'], id: string): Words {
  if (id === '') return undecidedWords
  if (id === centre) return both('热线中心（待派单）', 'The centre, to be dispatched')
  const category = kind === 'category' ? rules?.categories.find(one => one.id === id) : undefined
  if (category) return both(category.name, category.english)
  const unit = kind === 'unit' ? rules?.units.find(one => one.id === id) : undefined
  return both(unit?.name ?? id, unit?.name ?? id)
}

/** What an order is about: its chosen kind, or else its category. */
export const aboutIn = (
  rules: OrderRulesShown | undefined,
  { kindName, category }: Pick<OrderSummary, 'kindName' | 'category'>,
): Words => (kindName === undefined ? calledIn(rules, 'category', category) : both(kindName, kindName))

/** Column heads of an order list as a file. */
export const fileWords = {
  list: both('工单', 'Orders'),
  number: both('工单号', 'Number'),
  stage: both('状态', 'Stage'),
  light: both('预警灯', 'Light'),
  type: both('诉求类型', 'Type of request'),
  kind: both('事项', 'Kind of matter'),
  category: both('事项大类', 'Category'),
  urgency: both('紧急程度', 'Urgency'),
  matter: both('诉求内容', 'What is asked'),
  district: both('区', 'District'),
  street: both('街道（乡镇）', 'Street or town'),
  place: both('具体地点', 'Place'),
  unit: both('承办单位', 'Unit'),
  rangAt: both('来电时间', 'First ring'),
  dueAt: both('办结时限', 'Due'),
  changedAt: both('最近更新', 'Last changed'),
  cycle: both('办理次数', 'Rounds'),
  elder: both('老年人', 'Old caller'),
  confidential: both('保密', 'Confidential'),
  yes: both('是', 'yes'),
  no: both('否', 'no'),
} as const

/** Column heads of the ledger of returns. */
export const returnWords = {
  ledger: both('退单台账', 'Ledger of returns'),
  number: both('工单号', 'Number'),
  way: both('流转经过', 'Its way'),
  from: both('退单单位', 'Returned by'),
  target: both('所指单位', 'Named'),
  ground: both('退单理由', 'Ground'),
  sinceAt: both('到达该单位', 'Lay there since'),
  askedAt: both('申请时间', 'Asked'),
  siteAt: both('现场核实', 'To be checked on site'),
  outcome: both('审核结果', 'Decision'),
  decidedAt: both('审核时间', 'Decided'),
  to: both('转至', 'Went to'),
  lost: both('耽误小时', 'Hours lost'),
} as const
export const returnOutcomeWords: All<ReturnOutcome> = {
  direct: both('直接转出', 'Went on at once'),
  upheld: both('同意', 'Upheld'),
  refused: both('不同意', 'Refused'),
  withdrawn: both('签收撤回', 'Signed after all'),
}

export const stageWords: All<OrderSummary['stage']> = {
  undispatched: both('待派单', 'To be dispatched'),
  waiting: both('待签收', 'To be signed'),
  handling: both('办理中', 'In hand'),
  merged: both('已并单', 'Merged'),
  closed: both('已办结', 'Closed'),
}
export const lightWords: All<OrderSummary['light']> = {
  green: both('绿灯', 'Green'),
  yellow: both('黄灯', 'Yellow'),
  red: both('红灯', 'Red'),
}
export const urgencyWords: All<OrderSummary['urgency']> = {
  urgent: both('紧急', 'Urgent'),
  livelihood: both('民生保障', 'Livelihood'),
  general: both('一般诉求', 'General'),
  complex: both('复杂疑难', 'Complex'),
}
/** An order dispatched by rule, and its review. */
export const ruledWords: All<NonNullable<OrderSummary['byRule']>> = {
  open: both('自动派单', 'By rule'),
  right: both('自动派单，已核对', 'By rule, looked at'),
  reversed: both('自动派单已撤回', 'By rule, taken back'),
}
export const personWantedWords = both('市民要求人工核对', 'The citizen wants a person')
/** Types of demands (诉求类型). */
export const typeWords: All<NonNullable<OrderSummary['type']>> = {
  consultation: both('咨询', 'Question'),
  help: both('求助', 'Request for help'),
  complaint: both('投诉', 'Complaint'),
  report: both('举报', 'Report of a breach'),
  suggestion: both('建议', 'Suggestion'),
  praise: both('表扬', 'Praise'),
  other: both('其他', 'Other'),
}
export const clockWords: All<OrderDetail['clocks'][number]['name']> = {
  dispatch: both('派单', 'Dispatch'),
  review: both('退单审核', 'Decision on the return'),
  site: both('现场核实', 'Check on site'),
  sign: both('签收', 'Signing'),
  feedback: both('首次反馈', 'First feedback'),
  handling: both('办结', 'Closing'),
  help: both('协办', 'Help'),
  instruction: both('督办答复', 'Answer to an instruction'),
  person: both('人工回访', 'A person rings'),
}
export const modeWords: All<Mode> = {
  voice: both('电话', 'By telephone'),
  sms: both('仅短信', 'Text messages only'),
  sign: both('手语视频', 'Sign language by video'),
  none: both('不联系', 'None'),
}
export const unverifiedWords = both(
  '电话（未核实，不会拨打）',
  'By telephone (not verified: will not be rung)',
)
export const levelWords: readonly Words[] = [
  both('', ''),
  both('街道级督办', 'Supervised by the street'),
  both('区级督办', 'Supervised by the district'),
  both('市级督办', 'Supervised by the city'),
]
export const supervisionLevelWords: All<SupervisionLevel> = {
  street: both('街道级', 'Street'),
  district: both('区级专项', 'District'),
  city: both('市级联合', 'City'),
}
export const instructionCauseWords: All<InstructionCause> = {
  person: both('人工督办', 'Issued by a person'),
  late: both('超时', 'Late'),
  redone: both('问题工单：多次重办', 'Problem: opened again too often'),
  unled: both('问题工单：多个单位无人主办', 'Problem: many units, and none leads'),
  unanswered: both('下一级逾期未答复', 'Not answered at the level below'),
}
export const instructionOutcomeWords: All<InstructionOutcome> = {
  answered: both('已答复', 'Answered'),
  raised: both('已升级', 'Rose to the level above'),
  closed: both('工单已办结', 'The order was closed'),
  ended: both('已撤销', 'Taken back'),
}
export const siteVerdictWords: All<SiteVerdict> = {
  confirmed: both('情况属实', 'It is as the unit says'),
  refuted: both('情况不实', 'It is not as the unit says'),
  unclear: both('无法认定', 'That could not be seen'),
}
/** Names for grounds in old histories that the city's rules no longer contain; current names come from the rules. */
export const groundWords = {
  'not-our-duty': both('不属于本单位职责', 'Not our duty'),
  'other-district': both('不在本辖区', 'Another district'),
  'needs-lead-department': both('需主管部门牵头', 'Needs the department in charge'),
  'legal-channel': both('应走法定途径', 'Has a channel by law'),
  'facts-missing': both('诉求不清，无法办理', 'Facts are missing'),
} as const
/** The centre's decision on a return. */
export const returnDecisionWords: All<ReturnDecision> = {
  upheld: both('同意退单', 'Upheld'),
  refused: both('不同意退单', 'Refused'),
  site: both('现场核实', 'To be checked on site'),
}
export const resultWords: All<Result> = {
  solved: both('已解决', 'Solved'),
  partly: both('部分解决', 'Solved in part'),
  explained: both('已解释说明', 'Explained'),
  impossible: both('客观上无法解决', 'Cannot be solved'),
  referred: both('不属职责，已告知途径', 'Beyond its duty: told the channel'),
}
/** Why an order is to be erased. */
export const erasureWords: All<ErasureReason> = {
  citizen: both('市民要求删除', 'Its citizen wants it'),
  mistaken: both('误建或测试的工单', 'Made by mistake or as a trial'),
  ordered: both('依法应当删除', 'The law asks for it'),
}
/** Why an order waits to be dispatched. */
export const waitsWords: All<SuggestedUnits['because']> = {
  unconfirmed: both('受理时拿不准', 'Whoever made it was not sure'),
  'kind-open': both('事项未定', 'Nobody said what it is'),
  'no-unit': both('目录没有本区承办单位', 'The catalogue names no unit in its district'),
  'taken-back': both('自动派单已撤回', 'It went by itself, and was taken back'),
}
/** Why a unit is suggested. */
export const suggestedWords: All<SuggestedUnit['because']> = {
  agent: both('受理时选的事项', 'The kind that was written down'),
  triage: both('内容相近', 'What its words are like'),
  category: both('本区无对应单位，按事项大类', 'Nobody is named for the district: by its category'),
}
/** Why an order was reopened. */
export const causeWords = {
  'not-solved': both('未解决', 'Not solved'),
  dissatisfied: both('不满意', 'Dissatisfied'),
} as const
export const confidentialWords = {
  true: both('保密', 'Confidential'),
  false: both('不保密', 'Not confidential'),
} as const
export const grantWords = { true: both('同意', 'Granted'), false: both('不同意', 'Refused') } as const
export const toldWords = both('已告知市民', 'The citizen has been told')

export const eventWords = {
  made: both('受理', 'Made'),
  dispatched: both('派单', 'Dispatched'),
  'taken-back': both('撤回自动派单', 'Taken back'),
  looked: both('自动派单核对无误', 'Looked at: it went right'),
  'person-asked': both('要求人工核对', 'A person is to decide'),
  succeeded: both('单位撤并，工单移交', 'Another unit has its work'),
  added: both('来电补充', 'Caller rang again'),
  signed: both('签收', 'Signed'),
  assigned: both('分派', 'Assigned'),
  supported: both('协办', 'Support'),
  granted: both('请单位协办', 'A unit asked to help'),
  helped: both('协办答复', 'Help answered'),
  'citizen-asked': both('询问市民', 'Citizen asked'),
  'citizen-answered': both('市民答复', 'Citizen’s answer'),
  'citizen-silent': both('市民逾期未答复', 'No answer in time'),
  'grant-ended': both('结束协办', 'Help ended'),
  revealed: both('查看号码', 'Number revealed'),
  'confidential-set': both('保密设置', 'Confidentiality'),
  progressed: both('进展', 'Progress'),
  returned: both('退单', 'Returned'),
  'return-asked': both('退单申请', 'Return asked for'),
  'return-decided': both('退单审核', 'Return decided'),
  appointed: both('指定承办', 'Unit appointed'),
  reclassified: both('调整分类', 'Category put right'),
  'contact-verified': both('号码已核实', 'Number verified'),
  evidenced: both('上传佐证', 'Evidence shown'),
  withdrawn: both('撤回佐证', 'Evidence taken back'),
  'extension-asked': both('延期申请', 'Extension asked for'),
  'extension-decided': both('延期审批', 'Extension decided'),
  warned: both('提醒', 'Warning'),
  instructed: both('督办', 'Instruction'),
  'instruction-answered': both('答复督办', 'Instruction answered'),
  'instruction-ended': both('撤销督办', 'Instruction taken back'),
  'site-asked': both('要求现场核实', 'Site check asked for'),
  'site-checked': both('现场核实', 'Site checked'),
  closed: both('办结', 'Closed'),
  'closing-judged': both('答复抽查', 'A closing looked at'),
  answered: both('回访', 'Citizen answered'),
  reopened: both('重办', 'Reopened'),
  rung: both('人工回访', 'A person rang'),
  likened: both('系统提示：疑似重复', 'May repeat another'),
  'told-apart': both('判定不是同一件', 'Another matter'),
  'state-told': both('来电催办，已告知进展', 'Asked again, and told how it stands'),
  split: both('拆分', 'Split'),
  merged: both('并单', 'Merged'),
  joined: both('并入一件', 'Another merged into it'),
  followed: both('随主单办理', 'As the order that it is handled with'),
  parted: both('撤销并单', 'Merging undone'),
  left: both('一件撤出并单', 'One is no longer merged'),
  'erasure-asked': both('申请删除', 'Erasure asked for'),
  'erasure-refused': both('不同意删除', 'Erasure refused'),
} as const

type Answers = {
  readonly contacted: All<NonNullable<CitizenAnswer['contacted']>>
  readonly solved: All<NonNullable<CitizenAnswer['solved']>>
  readonly rating: All<`${NonNullable<CitizenAnswer['rating']>}`>
}
/** Citizens' answers, by question. */
export const answerWords: Answers = {
  contacted: { yes: both('联系过', 'Contacted'), no: both('没有联系过', 'Not contacted') },
  solved: {
    yes: both('已经解决', 'Solved'),
    partly: both('部分解决', 'Solved in part'),
    no: both('没有解决', 'Not solved'),
  },
  rating: {
    1: both('非常满意', 'Very satisfied'),
    2: both('满意', 'Satisfied'),
    3: both('基本满意', 'Fairly satisfied'),
    4: both('不满意', 'Dissatisfied'),
    5: both('非常不满意', 'Very dissatisfied'),
  },
}
