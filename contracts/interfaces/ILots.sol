// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Birth,
    Correction,
    Dispatch,
    LotId,
    LotState,
    Production,
    Receipt,
    RetirementState,
    StatementId
} from "../Types.sol";

/// @title Lots
/// @notice Birth, custody and end of lots. No milligram of a (material, recycled) pair comes out that did not go in.
interface ILots {
    /// @notice Inputs are spent, then outputs are born, in the statement's order. The indexer spends each input,
    /// and inserts each output with id keccak256(abi.encode(id, index, hashStruct(output))), held by the custodian.
    event ProductionRecorded(StatementId indexed id, Production statement, address signer, bytes signature);

    /// @notice The lots are in transit; their head is `id`. The indexer moves each to "in transit".
    event DispatchRecorded(StatementId indexed id, Dispatch statement, address signer, bytes signature);

    /// @notice The lots are held again: by the consignee where accepted, by the consignor where refused or
    /// recalled. Their head is `id`. The dispatch was recorded before.
    event ReceiptRecorded(StatementId indexed id, Receipt statement, address signer, bytes signature);

    /// @notice The production's outputs are void, its inputs are held again with head `id`, and the quota that it used is
    /// free again. The production was recorded before. The indexer undoes it, and keeps it.
    event CorrectionRecorded(StatementId indexed id, Correction statement, address signer, bytes signature);

    /// @notice No lot has that id.
    error LotUnknown(LotId lot);
    /// @notice The lot was spent.
    error LotIsSpent(LotId lot);
    /// @notice The production that made the lot was corrected.
    error LotIsVoid(LotId lot);
    /// @notice The lot is in transit.
    error LotIsInTransit(LotId lot);
    /// @notice Another party holds the lot.
    error LotNotHeldBy(LotId lot, address custodian, address party);
    /// @notice Another statement touched the lot since: name its present head.
    error HeadStale(LotId lot, bytes32 expected, bytes32 got);
    /// @notice A statement names each lot once.
    error LotListedTwice(LotId lot);
    /// @notice One birth per input, in the inputs' order.
    error BirthsMissing(uint256 expected, uint256 got);
    /// @notice The birth presented is not that lot's.
    error BirthMismatch(LotId lot, LotId got);

    /// @notice No process, model of custody, mode of transport has that number.
    error ProcessUnknown(uint8 process);
    error CustodyModelUnknown(uint8 custodyModel);
    error TransportModeUnknown(uint8 mode);
    /// @notice Not an HS-6 code (1–999999).
    error CommodityUnknown(uint32 commodity);
    /// @notice An origin (extract, collect, declare) has no inputs; every other process has.
    error ProcessInputsMismatch(uint8 process, uint256 inputs);
    /// @notice Retiring has no outputs; every other process has.
    error ProcessOutputsMismatch(uint8 process, uint256 outputs);
    /// @notice Extraction happens at mines, collection at recyclers.
    error OriginNotAtThisFacility(uint8 process, uint8 kind);
    /// @notice What is mined or declared is primary, what is collected is recycled.
    error OriginRecycledMismatch(uint8 process, uint8 material, bool recycled);

    /// @notice A lot has a mass.
    error MassZero(uint256 output);
    /// @notice Content is sorted by (material, recycled), each pair once.
    error ContentUnsorted(uint256 output, uint256 position);
    /// @notice A pair that is not there is not listed.
    error ContentZero(uint256 output, uint256 position);
    /// @notice There is more content than net mass.
    error ContentExceedsMass(uint256 output, uint256 content, uint256 milligrams);
    /// @notice More of the pair comes out than went in.
    error MoreOutThanIn(uint8 material, bool recycled, uint256 inMilligrams, uint256 outMilligrams);

    /// @notice It would have happened before the lot's last event.
    error OccurredBeforeLot(LotId lot, uint40 lotOccurredAt, uint40 occurredAt);
    /// @notice It is recorded more than 90 days after it happened.
    error OccurredTooLongAgo(uint256 earliest, uint40 occurredAt);

    /// @notice The lot's head is not that dispatch: it was received, refused or recalled before, or never sent.
    error DispatchNotHead(LotId lot, bytes32 head, StatementId dispatch);
    /// @notice Only the consignee receives; the consignor can only recall.
    error ReceiptNotByConsignee(address consignee, address party);
    /// @notice The consignor may not recall yet.
    error RecallTooEarly(uint40 recallFrom, uint256 blockTime);

    /// @notice Only the production's custodian corrects it.
    error CorrectionNotByAuthor(address custodian, address author);
    /// @notice The output was spent, or has left: what came of it would hang in the air. Book the difference instead.
    error OutputMoved(LotId lot);
    /// @notice No production has that id.
    error ProductionUnknown(StatementId production);
    /// @notice The production was corrected before.
    error ProductionIsCorrected(StatementId production);

    /// @notice Anyone: records a custodian's signed production. Emits ProductionRecorded.
    /// @param births One per input, in order: what the ledger re-hashes instead of storing it.
    function recordProduction(Production calldata statement, Birth[] calldata births, bytes calldata signature)
        external
        returns (StatementId id);

    /// @notice Anyone: records a consignor's signed dispatch. Emits DispatchRecorded.
    function recordDispatch(Dispatch calldata statement, bytes calldata signature)
        external
        returns (StatementId id);

    /// @notice Anyone: records a consignee's acceptance or refusal, or a consignor's recall, of some or all
    /// lots of a dispatch. Emits ReceiptRecorded.
    /// @param dispatched The dispatch that the receipt names, whole: it is re-hashed.
    function recordReceipt(Receipt calldata statement, Dispatch calldata dispatched, bytes calldata signature)
        external
        returns (StatementId id);

    /// @notice Anyone: records the author's signed correction of a production whose outputs are all unmoved. Emits
    /// CorrectionRecorded.
    /// @param corrected The production that the correction names, whole: it is re-hashed.
    /// @param births One per input of that production, in order, as when it was recorded.
    function recordCorrection(
        Correction calldata statement,
        Production calldata corrected,
        Birth[] calldata births,
        bytes calldata signature
    ) external returns (StatementId id);

    function lotState(LotId lot) external view returns (LotState memory);
    /// @notice The lot's id at birth, then the last statement that touched it; 0 = no such lot.
    function head(LotId lot) external view returns (bytes32);
    /// @notice Whether a production without outputs stands. One with outputs shows in the state of their lots.
    function retirementState(StatementId production) external view returns (RetirementState);
}
