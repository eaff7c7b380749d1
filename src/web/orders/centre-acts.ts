import type { OrderDetail, OrderRulesShown, OrderSummary } from '../../http/contract.ts'
import { type Act, both, pairs, said } from './act.ts'
import { categoryName } from './names.ts'
import { returnDecisionWords, words } from './words.ts'

/** What the centre does with an order. */

/** Of one that was found; the queue with its suggestions is at /dispatch. */
export const dispatch = (order: OrderSummary, rules: OrderRulesShown): Act => ({
  name: words.dispatch,
  fields: [
    { name: 'unit', label: words.unit, kind: 'unit', needed: true },
    ...(order.category === ''
      ? [
          {
            name: 'category',
            label: both('事项大类', 'Category'),
            kind: 'choice' as const,
            needed: true,
            options: rules.categories.map(({ id }) => [id, categoryName(rules, id)] as const),
          },
        ]
      : []),
    { ...said, needed: false },
  ],
  of: ({ unit = '', category, words = '' }) => ({
    do: 'dispatch',
    unit,
    category,
    words: words === '' ? undefined : words,
  }),
})

/** Of what went by itself: as long as its unit has not begun. */
export const takeBack: Act = {
  name: both('撤回自动派单', 'Take it back'),
  fields: [],
  of: () => ({ do: 'take-back' }),
}

export const look: Act = {
  name: both('核对无误', 'It went right'),
  fields: [],
  of: () => ({ do: 'look' }),
}

/** The citizen wants a person to decide (个人信息保护法, article 24). */
export const askPerson: Act = {
  name: both('市民要求人工核对', 'The citizen wants a person to decide'),
  fields: [{ ...said, needed: false }],
  of: ({ words = '' }) => ({ do: 'ask-person', words: words === '' ? undefined : words }),
}

export const setConfidential = (confidential: boolean): Act => ({
  name: confidential ? both('设为保密', 'Make it confidential') : both('取消保密', 'No longer confidential'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'set-confidential', confidential, words }),
})

/** Whom the unit named gets it, where the centre says nothing else. */
export function decideReturn({ events, order }: OrderDetail): Act {
  const named = String(events.findLast(({ kind }) => kind === 'return-asked')?.data.target ?? '')
  return {
    name: both('审核退单', 'Decide the return'),
    fields: [
      {
        name: 'outcome',
        label: both('审核意见', 'Decision'),
        kind: 'choice',
        needed: true,
        options: pairs(returnDecisionWords),
      },
      {
        name: 'target',
        label: both('同意时派给（默认为单位所指）', 'Upheld: goes to (whom the unit named)'),
        kind: 'unit',
        needed: true,
        first: named,
        besides: order.unit,
      },
      said,
    ],
    of: ({ outcome, target, words = '' }) => ({
      do: 'decide-return',
      outcome: outcome as keyof typeof returnDecisionWords,
      target: outcome === 'upheld' ? target : undefined,
      words,
    }),
  }
}

export const add = (call: string | undefined): Act => ({
  name: both('补充来电内容', 'Add what the caller says'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'add', words, call }),
})

/** With an order that somebody knows; what the house finds by itself is offered beside the order. */
export const merge: Act = {
  name: both('并单', 'Merge'),
  fields: [
    {
      name: 'into',
      label: both('并入的工单号', 'Number of the order that has it already'),
      kind: 'line',
      needed: true,
    },
  ],
  of: ({ into = '' }) => ({ do: 'merge', into }),
}

/** The caller said nothing new (条例, article 11-3). */
export const tellState = (call: string | undefined): Act => ({
  name: both('来电催问，已告知进展', 'Asked again: told how it stands'),
  fields: [],
  of: () => ({ do: 'tell-state', call }),
})

export const part: Act = {
  name: both('撤销并单', 'Undo the merging'),
  fields: [],
  of: () => ({ do: 'part' }),
}

export const answerQuestion: Act = {
  name: both('登记市民答复', 'Write down the citizen’s answer'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'answer-question', words }),
}

export const noteRing: Act = {
  name: both('登记人工回访', 'Note that a person rang'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'note-ring', words }),
}

export const appoint = (order: OrderSummary): Act => ({
  name: both('指定承办单位', 'Appoint a unit'),
  fields: [{ name: 'target', label: words.unit, kind: 'unit', needed: true, besides: order.unit }, said],
  of: ({ target = '', words = '' }) => ({ do: 'appoint', target, words }),
})

/** A unit that has signed leads to the end: only what it is about can be put right then. */
export const reclassify = (order: OrderSummary, rules: OrderRulesShown): Act => ({
  name: both('调整诉求分类', 'Put the category right'),
  fields: [
    {
      name: 'category',
      label: both('事项大类', 'Category'),
      kind: 'choice',
      options: [
        [order.category, categoryName(rules, order.category)],
        ...rules.categories
          .filter(({ id }) => id !== order.category)
          .map(({ id }) => [id, categoryName(rules, id)] as const),
      ],
    },
    ...(order.stage === 'waiting'
      ? [
          {
            name: 'target',
            label: words.unit,
            kind: 'unit' as const,
            needed: true,
            first: order.unit,
          },
        ]
      : []),
    { ...said, label: both('理由（时限不变）', 'Why (the clock goes on)') },
  ],
  of: ({ category = '', target, words = '' }) => ({
    do: 'reclassify',
    category,
    words,
    target,
  }),
})

export const decide = (granted: boolean): Act => ({
  name: granted ? both('同意延期', 'Grant the extension') : both('不同意延期', 'Refuse the extension'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'decide-extension', granted, words }),
})
