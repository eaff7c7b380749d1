import { answerHelp, grant, reveal } from './access.ts'
import { answerQuestion, askCitizen, overQuestion } from './asking/ask.ts'
import { judge } from './checking/check.ts'
import { answer, close } from './closing.ts'
import { type Command, type Context, type Decision, skewMs } from './command.ts'
import { askPerson, dispatchByRule, look, takeBack } from './dispatching/by-rule.ts'
import { withCopies } from './dispatching/copies.ts'
import { dispatch } from './dispatching/dispatching.ts'
import { succeed } from './dispatching/succession.ts'
import { askErasure, checkSecond } from './erasing/erasing.ts'
import type { Actor } from './event.ts'
import { askExtension, decideExtension } from './extension.ts'
import { fault } from './faults.ts'
import { assign } from './inbox/assign.ts'
import { closeWith, hidden, merge, part } from './merging/merging.ts'
import type { Order } from './order.ts'
import { checkReader, dispatched, known, ofHelper, ofUnit, only } from './permit.ts'
import { reclassify } from './reclassify.ts'
import { tellApart } from './repeating/telling-apart.ts'
import { askReturn, decideReturn } from './returning/return-of-order.ts'
import { showEvidence, withdrawEvidence } from './shown-evidence.ts'
import { split } from './splitting/splitting.ts'
import { askSite, checkSite } from './supervising/check-site.ts'
import { answerInstruction, endInstruction, instruct } from './supervising/instruct.ts'
import { warn } from './warn.ts'

/**
 * The outcome of a command; nothing is written yet.
 * @throws Fault `clock-moved-back`, `order-stage`, `order-of-another-unit`, `role-wrong`, and each command's own
 */
export const decide = (order: Order, command: Command, context: Context): Decision =>
  withCopies(order, decided(order, command, context), context.rules)

function decided(order: Order, command: Command, context: Context): Decision {
  const { by, atMs } = context
  checkReader(order, by)
  // A citizen's answer is not refused because of our clock; it gets the time of the last event.
  if (by.role !== 'house' && atMs < order.lastAtMs - skewMs)
    throw fault(
      'clock-moved-back',
      'clock',
      `a time ${Math.round((order.lastAtMs - atMs) / 1000)} s before what happened last`,
      'a clock that goes on: look at the time of this machine',
    )
  const mayOnly = (...roles: readonly Actor['role'][]) => {
    if (!roles.includes(by.role)) throw fault('role-wrong', 'by', by.role, roles.join(' or '))
  }

  switch (command.do) {
    case 'dispatch':
      mayOnly('dispatcher', 'supervisor')
      return dispatch(order, command, context)
    case 'dispatch-by-rule':
      mayOnly('house')
      return dispatchByRule(order, command, context)
    case 'take-back':
      mayOnly('dispatcher', 'supervisor')
      return takeBack(order, command)
    case 'look':
      mayOnly('dispatcher', 'supervisor')
      return look(order)
    case 'ask-person':
      mayOnly('seat', 'supervisor', 'house')
      return askPerson(order, command)
    case 'succeed':
      mayOnly('house')
      return succeed(order, context.rules)
    case 'add': {
      mayOnly('seat')
      const { words, call } = command
      return only(order, { kind: 'added', words, call })
    }
    case 'sign':
      ofUnit(order.unit, by)
      return only(order, { kind: 'signed', unit: order.unit })
    case 'support': {
      const unit = ofHelper(order, by)
      if (unit === order.lead)
        throw fault('order-led', 'by.unit', `${unit}, which leads`, 'a unit that helps')
      return only(order, { kind: 'supported', unit, person: command.person, phone: command.phone })
    }
    case 'assign':
      return assign(order, command, by)
    case 'answer-help':
      return answerHelp(order, command, by)
    case 'ask-citizen':
      return askCitizen(order, command, context)
    case 'answer-question':
      mayOnly('seat', 'dispatcher', 'supervisor')
      return answerQuestion(order, command.words, 'phone')
    case 'reply':
      mayOnly('house')
      if (order.question?.seq !== command.seq) throw overQuestion()
      return answerQuestion(order, command.words, 'page')
    case 'grant':
    case 'end-grant':
      return grant(order, command, context)
    case 'reveal':
      return reveal(order, command, by)
    case 'set-confidential': {
      mayOnly('seat', 'dispatcher', 'supervisor')
      const { confidential, words } = command
      if (confidential === order.confidential)
        throw fault('nothing-changes', 'confidential', String(confidential), String(!confidential))
      return hidden(order, only(order, { kind: 'confidential-set', confidential, words }))
    }
    case 'progress':
      ofUnit(order.lead, by)
      return only(order, { kind: 'progressed', words: command.words, citizenKnows: command.citizenKnows })
    case 'verify-contact': {
      mayOnly('seat', 'supervisor')
      const { contact } = order
      if (contact.mode !== 'unverified' || contact.number !== command.number)
        throw fault('contact-settled', 'order', `contact by ${contact.mode}`, 'a number to make sure of')
      return only(order, { kind: 'contact-verified', how: command.how })
    }
    case 'show-evidence':
      return showEvidence(order, command, context)
    case 'withdraw-evidence':
      return withdrawEvidence(order, command, by)
    case 'return':
      return askReturn(order, command, context)
    case 'decide-return':
      return decideReturn(order, command, context)
    case 'appoint': {
      mayOnly('supervisor')
      const target = known(context.rules.units, command.target, 'target').id
      return only(order, { kind: 'appointed', target, words: command.words }, [dispatched])
    }
    case 'reclassify':
      return reclassify(order, command, context)
    case 'ask-extension':
      return askExtension(order, command, context)
    case 'decide-extension':
      mayOnly('supervisor')
      return decideExtension(order, command)
    case 'close':
      return close(order, command, context)
    case 'judge-closing':
      mayOnly('supervisor')
      return judge(order, command)
    case 'answer':
      mayOnly('house')
      return answer(order, command)
    case 'note-ring':
      mayOnly('seat', 'supervisor')
      return only(order, { kind: 'rung', words: command.words })
    case 'instruct':
      return instruct(order, command, context)
    case 'answer-instruction':
      return answerInstruction(order, command, context)
    case 'end-instruction':
      return endInstruction(order, command, context)
    case 'ask-site':
      mayOnly('dispatcher', 'supervisor')
      return askSite(order, command, context)
    case 'check-site':
      mayOnly('dispatcher', 'supervisor')
      return checkSite(order, command, context)
    case 'ask-erasure':
      mayOnly('supervisor')
      return askErasure(order, command.because)
    case 'refuse-erasure':
      mayOnly('supervisor')
      return only(order, { kind: 'erasure-refused', askedBy: checkSecond(order, by.person).askedBy })
    case 'merge':
      mayOnly('dispatcher', 'supervisor')
      return merge(order, command, context)
    case 'part':
      mayOnly('dispatcher', 'supervisor', 'house')
      return part(order, by.role === 'house' ? 'confidential' : 'undone', command.words)
    case 'tell-apart':
      mayOnly('dispatcher', 'supervisor')
      return tellApart(order, command)
    case 'tell-state':
      mayOnly('seat', 'dispatcher', 'supervisor')
      return only(order, { kind: 'state-told', call: command.call })
    case 'split':
      mayOnly('dispatcher', 'supervisor')
      return split(order, command, context)
    case 'join':
      return only(order, { kind: 'joined', order: command.order, clocks: command.clocks })
    case 'leave':
      return only(order, { kind: 'left', order: command.order })
    case 'follow': {
      const { do: _, ...what } = command
      return only(order, { kind: 'followed', ...what })
    }
    case 'close-with':
      return closeWith(order, command)
    case 'tick':
      return warn(order, context)
  }
}
