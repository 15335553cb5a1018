/** What is said of a void lot, and of what proves a certificate. */
export const proofTexts = {
  'void.when': 'on {{day}} (recorded {{recorded}})',
  'void.at': 'at {{day}}',
  'void.summary': 'The lot is void: its production was corrected {{when}}.',
  'void.title': 'This lot is void: what made it was corrected',
  'void.undone': 'The production that made it was undone by its own author {{when}}.',
  'void.undone-at': 'The production that made it at {{site}} was undone by its own author {{when}}.',
  'void.never':
    'The lot never was what it says, and the ledger lets nobody send, process or retire it. Do not accept, pay for or process anything under this id, and do not count its mass or its origins anywhere. What follows describes what was stated, not what is.',
  'void.mend': 'Ask its maker which lot was registered in its place, and look at that one.',
  'proven.ledger':
    'At block {{block}} of chain {{chain}}, the contract at {{ledger}} has the code of this ledger, which accepts a lot only where authority, custody and mass are in order, back to its origins.',
  'proven.lot.held':
    'That contract holds this lot as "held"; it and every lot that went into it stand there as the statements say.',
  'proven.lot.in-transit':
    'That contract holds this lot as "in-transit"; it and every lot that went into it stand there as the statements say.',
  'proven.lot.spent':
    'That contract holds this lot as "spent"; it and every lot that went into it stand there as the statements say.',
  'proven.lot.void':
    'That contract holds this lot as "void"; it and every lot that went into it stand there as the statements say.',
  'proven.signed_one': "{{count}} statement carry the signature of their author's key of that time.",
  'proven.signed_other': "{{count}} statements carry the signature of their author's key of that time.",
  'proven.signed-delegates_one':
    "{{count}} statement carry the signature of their author's key of that time, or of a delegate within its scope ({{delegated}}).",
  'proven.signed-delegates_other':
    "{{count}} statements carry the signature of their author's key of that time, or of a delegate within its scope ({{delegated}}).",
  'proven.smart_one':
    "{{count}} statement of smart accounts rest on the contract's state alone: such a signature cannot be checked again later.",
  'proven.smart_other':
    "{{count}} statements of smart accounts rest on the contract's state alone: such a signature cannot be checked again later.",
  'proven.conserved_one':
    'No more came out of any of the {{count}} production than went in, and each lot was handed on by who held it.',
  'proven.conserved_other':
    'No more came out of any of the {{count}} productions than went in, and each lot was handed on by who held it.',
  'proven.all-said':
    'All attestations, revocations and observations of every site, party, lot and journey are here: the contract keeps a word of each that nothing less gives.',
  'proven.evidence_one':
    'Every field of evidence that is shown ({{count}} document) is of the document that its root names.',
  'proven.evidence_other':
    'Every field of evidence that is shown ({{count}} documents) is of the document that its root names.',
  'trusted.block-given':
    'That the block with the hash {{hash}} (number {{number}}), which you or your node named, is of the chain that you mean.',
  'trusted.block':
    'That the block with the hash {{hash}} (number {{number}}) is of the chain that you mean: the bundle alone says so. Compare it with a node or an explorer of chain {{chain}}.',
  'trusted.ledger-given':
    'That the ledger {{ledger}}, which you named, was deployed as it should be, with a registrar and an accreditor whom you trust.',
  'trusted.ledger':
    'That {{ledger}} is the ledger that you mean, with a registrar and an accreditor whom you trust: anybody can put the same code on a chain. Compare the address with one that you have from elsewhere, or let it be demanded (lodebook verify --ledger).',
  'trusted.policy': '{{name}}, version {{version}} (hash {{hash}})',
  'trusted.policy-given': 'That the policy which you named asks what you mean: {{policy}}.',
  'trusted.policy-shipped':
    'That this policy asks what you mean: {{policy}}, as this version ships it, with no list of high-risk areas.',
  'trusted.policy-shipped-lists_one':
    'That this policy asks what you mean: {{policy}}, as this version ships it, with {{count}} list of high-risk areas that the bundle brings.',
  'trusted.policy-shipped-lists_other':
    'That this policy asks what you mean: {{policy}}, as this version ships it, with {{count}} lists of high-risk areas that the bundle brings.',
  'trusted.policy-own':
    'That this policy asks what you mean: {{policy}}. It is in the bundle, and is none that this version ships.',
  'trusted.node':
    'The node that you named, for when statements were recorded, and for the documents of the registrar’s acts.',
  'trusted.recorded':
    'When statements other than births of lots were recorded, and so whether an attestation was recorded before an event: the state keeps no such times. They are in order, and between the bounds that the statements set. A node of the chain can confirm each (lodebook verify --rpc).',
  'trusted.names':
    'With which documents the registrar admitted parties, and so the names of parties: the state does not keep them. A node of the chain can confirm each (lodebook verify --rpc).',
  'trusted.disclosed':
    'That whoever made the bundle shows all the evidence that was disclosed: a field that is left out counts as hidden.',
  'trusted.true': 'That what people signed is true: a proof shows who said what, not that it is so.',
} as const;
