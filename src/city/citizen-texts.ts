import { z } from 'zod'
import { staffTextsSchema } from './staff-texts.ts'
import { inBoth, template } from './text-template.ts'

const orders = ['matter', 'number', 'unit']
const rungBack = ['date', 'times']

/** The SMS that citizens receive, and those that staff receive. */
export const citizenTextsSchema = z
  .strictObject({
    filed: inBoth(
      template(
        [...orders, 'due'],
        ['number'],
        '【12345】{matter}已受理，工单号{number}[，由{unit}办理][，{due}前办结]。凭工单号可来电查询。',
      ),
      template(
        ['number', 'due'],
        ['number'],
        '[12345] Your request is filed, number {number}[, to be settled by {due}].',
      ),
    ).prefault({}),
    closed: inBoth(
      template(
        [...orders, 'result'],
        ['number'],
        '【12345】{matter}（工单号{number}）已办结[，承办单位：{unit}][，办理结果：{result}]。如有异议请拨打12345。',
      ),
      template(
        ['number', 'result'],
        ['number'],
        '[12345] Your request {number} is closed[: {result}]. If you disagree, ring 12345.',
      ),
    ).prefault({}),
    reopened: inBoth(
      template(
        orders,
        ['number'],
        '【12345】{matter}（工单号{number}）已重新办理[，由{unit}继续办理]，工作人员会与您联系。',
      ),
      template(
        ['number'],
        ['number'],
        '[12345] Your request {number} is open again; somebody will get in touch.',
      ),
    ).prefault({}),
    byRule: inBoth(
      template(
        [...orders, 'url'],
        ['number'],
        '【12345】{matter}（工单号{number}）由系统自动派单[，由{unit}办理]。您可以要求人工核对[：{url} ]，也可来电12345。',
      ),
      template(
        ['number', 'url'],
        ['number'],
        '[12345] Your request {number} was passed on automatically. You can have a person look at it[: {url} ] or ring 12345.',
      ),
    ).prefault({}),
    merged: inBoth(
      template(
        [...orders, 'due'],
        ['number'],
        '【12345】{matter}（工单号{number}）已有同一问题在办，合并办理[，承办单位：{unit}][，{due}前办结]。工单号不变，办结后单独告知您并回访。',
      ),
      template(
        ['number', 'due'],
        ['number'],
        '[12345] Your request {number} is handled together with another about the same[, to be settled by {due}]. It keeps its number; you are told of the result and asked yourself.',
      ),
    ).prefault({}),
    parted: inBoth(
      template(
        [...orders, 'due'],
        ['number'],
        '【12345】{matter}（工单号{number}）不再合并，单独办理[，承办单位：{unit}][，{due}前办结]。',
      ),
      template(
        ['number', 'due'],
        ['number'],
        '[12345] Your request {number} is handled by itself[, to be settled by {due}].',
      ),
    ).prefault({}),
    split: inBoth(
      template(
        [...orders, 'numbers'],
        ['number', 'numbers'],
        '【12345】{matter}涉及多个事项，分别办理，工单号：{number}、{numbers}。凭工单号可来电查询，逐件回访。',
      ),
      template(
        ['number', 'numbers'],
        ['number', 'numbers'],
        '[12345] Your request is about several matters, each with a number: {number}, {numbers}. You will be asked about each.',
      ),
    ).prefault({}),
    asked: inBoth(
      template(
        [...orders, 'until', 'due', 'url'],
        ['number', 'until'],
        '【12345】{matter}（工单号{number}）需要您补充情况，请在{until}前答复[：{url} ]，也可来电12345。办理时限不停[，仍为{due}]。',
      ),
      template(
        ['number', 'until', 'due', 'url'],
        ['number', 'until'],
        '[12345] We have a question about your request {number}. Please answer by {until}[: {url} ] or ring 12345. Its deadline does not stop[: {due}].',
      ),
    ).prefault({}),
    survey: inBoth(
      template(
        ['hours', 'url'],
        ['url'],
        '【12345热线】您反映的问题已办结，请在{hours}小时内评价办理结果：{url}',
      ),
      template(
        ['hours', 'url'],
        ['url'],
        '[12345] Was your request handled well? Please tell us within {hours} hours: {url}',
      ),
    ).prefault({}),
    notReached: inBoth(
      template(
        rungBack,
        [],
        '【12345热线】您{date}的来电未能及时接听，我们回拨{times}次未能联系上您。如仍需帮助，请再拨12345。',
      ),
      template(
        rungBack,
        [],
        '12345 hotline: you rang us on {date} and we could not take your call. We rang you back {times} times and did not reach you. If you still need us, please call 12345.',
      ),
    ).prefault({}),
    code: inBoth(
      template(
        ['code', 'minutes'],
        ['code'],
        '【12345】验证码 {code}，{minutes}分钟内有效。请读给话务员，核实后我们才会就您反映的事项拨打这个号码。如非本人办理，请忽略。',
      ),
      template(
        ['code', 'minutes'],
        ['code'],
        '[12345] Code {code}, good for {minutes} minutes. Read it to the person on the line, so that we may ring this number about your matter. If you asked for nothing, ignore this.',
      ),
    ).prefault({}),
    staff: staffTextsSchema,
  })
  .prefault({})

export type CitizenTexts = z.output<typeof citizenTextsSchema>
