/** A hotline that takes messages alone: the caller speaks and is recorded for as long as it takes. */
export const messageFlow = `
flow: hotline
audience: general
syllablesPerMinute: 200
patience: 30min
start: word
person: line
states:
  word:
    message:
      name: demand
      prompt: { zh-CN: 请讲。, en: Please speak. }
      atMost: 10min
      readback: { zh-CN: 谢谢。, en: Thank you. }
      next: thanks
      else: sorry
  line:
    queue:
      reason: test
      prompt: { zh-CN: 请稍候。, en: Please hold. }
      reassure: { zh-CN: 请稍候。, en: Please hold. }
      every: 10min
      full: word
      failed: word
  thanks:
    hangup: { because: done }
  sorry:
    hangup: { because: failed }
`
