/** Calls for SIPp, a telephone that no one here wrote: https://sipp.readthedocs.io */

const dialog = `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:13800138000@[local_ip]>;tag=[pid]x[call_number]
    To: <sip:[service]@[remote_ip]>[peer_tag_param]
    Call-ID: [call_id]
    Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
    Max-Forwards: 70
    [routes]`

/** What a call does between its ACK and its end, as SIPp's XML. */
export const hangUpAfter = (ms: number) => `
  <pause milliseconds="${ms}"/>
  <send retrans="500"><![CDATA[
    BYE [next_url] SIP/2.0
    ${dialog}
    CSeq: 2 BYE
    Content-Length: 0

  ]]></send>
  <recv response="200"/>`

const waitForBye = `
  <recv request="BYE" timeout="10000"/>
  <send><![CDATA[
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0

  ]]></send>`

/** Plays a capture of RFC 4733 packets, and is hung up on. */
export const pressByCapture = (capture: string) => `
  <pause milliseconds="200"/>
  <nop><action><exec play_pcap_audio="${capture}"/></action></nop>
  ${waitForBye}`

export const pressByInfo = (key: string) => `
  <send retrans="500"><![CDATA[
    INFO [next_url] SIP/2.0
    ${dialog}
    CSeq: 2 INFO
    Content-Type: application/dtmf-relay
    Content-Length: [len]

    Signal=${key}
    Duration=160
  ]]></send>
  <recv response="200"/>
  ${waitForBye}`

/** A call with G.711 and telephone-event that does `acts` once it is up. */
export const callThat = (acts: string) => `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="caller">
  <send retrans="500"><![CDATA[
    INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:13800138000@[local_ip]>;tag=[pid]x[call_number]
    To: <sip:[service]@[remote_ip]>
    Call-ID: [call_id]
    CSeq: 1 INVITE
    Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [media_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 8 101
    a=rtpmap:8 PCMA/8000
    a=rtpmap:101 telephone-event/8000
    a=fmtp:101 0-15
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[
    ACK [next_url] SIP/2.0
    ${dialog}
    CSeq: 1 ACK
    Content-Length: 0

  ]]></send>
  ${acts}
</scenario>`

/** Plays what a telephone sends in a call, and goes on at once. */
export const playCapture = (capture: string) =>
  `<nop><action><exec play_pcap_audio="${capture}"/></action></nop>`

/** A telephone that rings, is answered, does `acts`, waits as long and hangs up. */
export const phoneThat = (
  acts: string,
  hangsUpAfterMs: number,
) => `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="phone">
  <recv request="INVITE" rrs="true">
    <action>
      <ereg regexp="[^ ].*" search_in="hdr" header="From:" check_it="true" assign_to="them"/>
      <ereg regexp="[^ ].*" search_in="hdr" header="To:" check_it="true" assign_to="us"/>
    </action>
  </recv>
  ${answerTo('180 Ringing', 'Content-Length: 0\n')}
  <pause milliseconds="300"/>
  ${answerTo(
    '200 OK',
    `Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [media_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 8 101
    a=rtpmap:8 PCMA/8000
    a=rtpmap:101 telephone-event/8000
    a=fmtp:101 0-15`,
    ' retrans="500"',
  )}
  <recv request="ACK"/>
  ${acts}
  <pause milliseconds="${hangsUpAfterMs}"/>
  <send retrans="500"><![CDATA[
    BYE [next_url] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: [$us];tag=[pid]x[call_number]
    To: [$them]
    Call-ID: [call_id]
    CSeq: 1 BYE
    Max-Forwards: 70
    Content-Length: 0

  ]]></send>
  <recv response="200"/>
</scenario>`

function answerTo(line: string, more: string, how = '') {
  return `
  <send${how}><![CDATA[
    SIP/2.0 ${line}
    [last_Via:]
    [last_Record-Route:]
    [last_From:]
    [last_To:];tag=[pid]x[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    Contact: <sip:phone@[local_ip]:[local_port]>
    ${more}
  ]]></send>`
}

/**
 * A trunk that asks for a password before it takes a call, and hangs up after it.
 * SIPp's own check of a password reads Authorization only, so that a text is looked for instead.
 * @param shown what the header must hold, as a regular expression, or the scenario fails
 */
export const trunkThatAsks = (status: 401 | 407, header: string, shown: string) => {
  const answer = (line: string, more: string) => `
  <send><![CDATA[
    SIP/2.0 ${line}
    [last_Via:]
    [last_From:]
    [last_To:];tag=[pid]x[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    ${more}
  ]]></send>
  <recv request="ACK"/>`
  const asking = status === 407 ? 'Proxy-Authenticate' : 'WWW-Authenticate'
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="trunk">
  <recv request="INVITE"/>
  ${answer(
    `${status} Who are you?`,
    `${asking}: Digest realm="trunk.example", nonce="4711", algorithm=MD5
    Content-Length: 0
`,
  )}
  <recv request="INVITE">
    <action>
      <ereg regexp="${shown}" search_in="hdr" header="${header}:" check_it="true" assign_to="shown"/>
    </action>
  </recv>
  <Reference variables="shown"/>
  ${answer(
    '200 OK',
    `Contact: <sip:[local_ip]:[local_port]>
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [local_ip]
    t=0 0
    m=audio 30000 RTP/AVP 8
    a=rtpmap:8 PCMA/8000`,
  )}
  <recv request="BYE" timeout="30000"/>
  <send><![CDATA[
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0

  ]]></send>
</scenario>`
}
