import { Checkbox } from 'react-aria-components'
import { instantOf } from '../../city/place-time.ts'
import type { EvidencePiece, OrderDetail } from '../../http/contract.ts'
import { cityZone } from '../city.ts'
import { type Act, both, pairs, said } from './act.ts'
import type { Field } from './form.tsx'
import { siteVerdictWords, supervisionLevelWords } from './words.ts'

/** What supervision does with an order, and what its unit answers. */

export const instruct = (levels: OrderDetail['mayInstruct']): Act => ({
  name: both('督办', 'Have its unit answer'),
  fields: [
    {
      name: 'level',
      label: both('督办级别', 'Level'),
      kind: 'choice',
      needed: true,
      options: levels.map(level => [level, supervisionLevelWords[level]] as const),
    },
    { ...said, label: both('督办要求（单位须在时限内答复）', 'What it has to answer, within the limit') },
  ],
  of: ({ level, words = '' }) => ({
    do: 'instruct',
    level: level as OrderDetail['mayInstruct'][number],
    words,
  }),
})

export const answerInstruction = (evidence: readonly EvidencePiece[]): Act => ({
  name: both('答复督办', 'Answer the instruction'),
  fields: [
    { ...said, label: both('答复：采取了什么措施，何时完成', 'Answer: what is done, and by when') },
    ...piecesOf(evidence),
  ],
  of: ({ words = '', pieces }) => ({ do: 'answer-instruction', words, pieces: listed(pieces) }),
})

export const endInstruction: Act = {
  name: both('撤销督办', 'Take the instruction back'),
  fields: [said],
  of: ({ words = '' }) => ({ do: 'end-instruction', words }),
}

export const askSite: Act = {
  name: both('要求现场核实', 'Have the place looked at'),
  fields: [{ ...said, label: both('核实什么', 'What is to be seen') }],
  of: ({ words = '' }) => ({ do: 'ask-site', words }),
}

export const checkSite = (evidence: readonly EvidencePiece[]): Act => ({
  name: both('填写现场核实', 'Write the site check down'),
  fields: [
    {
      name: 'visited',
      label: both('到场时间', 'When somebody was there'),
      kind: 'time',
      needed: true,
    },
    { name: 'visitors', label: both('到场人员和单位', 'Who was there'), kind: 'line', needed: true },
    {
      name: 'verdict',
      label: both('结论', 'Verdict'),
      kind: 'choice',
      needed: true,
      options: pairs(siteVerdictWords),
    },
    { ...said, label: both('现场情况', 'What was seen') },
    ...piecesOf(evidence),
  ],
  of: ({ visited = '', visitors = '', verdict, words = '', pieces }) => ({
    do: 'check-site',
    visitedAtMs: instantOf(visited.replace('T', ' '), cityZone),
    visitors,
    verdict: verdict as keyof typeof siteVerdictWords,
    words,
    pieces: listed(pieces),
  }),
})

const listed = (pieces = '') => pieces.split(' ').filter(Boolean)

/** Which of the files that the order shows belong to it; no question where it shows none. */
const piecesOf = (evidence: readonly EvidencePiece[]): readonly Field[] =>
  evidence.length === 0
    ? []
    : [
        {
          name: 'pieces',
          label: piecesLabel,
          kind: 'own',
          ask: (value, set) => (
            <fieldset className="field">
              <legend>{piecesLabel}</legend>
              {evidence.map(({ hash, name }) => {
                const chosen = listed(value)
                const is = chosen.includes(hash)
                return (
                  <Checkbox
                    key={hash}
                    className="yes"
                    isSelected={is}
                    onChange={to =>
                      set([...chosen.filter(one => one !== hash), ...(to ? [hash] : [])].join(' '))
                    }
                  >
                    <span className="box" aria-hidden="true">
                      {is ? '✓' : ''}
                    </span>
                    {name}
                  </Checkbox>
                )
              })}
            </fieldset>
          ),
        },
      ]

const piecesLabel = both(
  '照片和材料（先在“佐证材料”上传）',
  'Photos and files (add them to the evidence first)',
)
