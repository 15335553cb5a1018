// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "./Codes.sol";
import {Facilities} from "./Facilities.sol";
import {
    Birth,
    Content,
    Dispatch,
    FacilityId,
    LotHead,
    LotId,
    LotState,
    LotStatus,
    Output,
    Production,
    Receipt,
    Received,
    StatementId
} from "./Types.sol";
import {ILots} from "./interfaces/ILots.sol";
import {Balance} from "./libraries/Balance.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {Forms} from "./libraries/Forms.sol";
import {Statements} from "./libraries/Statements.sol";

/// @title Lots
abstract contract Lots is Facilities, ILots {
    using Balance for Balance.Sheet;

    uint256 private constant MAX_AGE = 90 days;
    uint256 private constant MAX_CLOCK_SKEW = 15 minutes;

    mapping(LotId lot => LotState) private _lots;
    /// @dev 0 until a statement other than its birth touches the lot.
    mapping(LotId lot => bytes32) private _heads;

    /// @inheritdoc ILots
    function recordProduction(Production calldata statement, Birth[] calldata births, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        bytes32[] memory outputHashes = Statements.hashes(statement.outputs);
        bytes32 structHash = Statements.hash(statement, outputHashes);
        Forms.check(statement, births.length);
        _requireActive(statement.custodian);
        (id, signer) = _authorize(statement.custodian, structHash, statement.recordBy, signature);
        _requireUnborn(id, outputHashes);
        _requireRecent(statement.occurredAt);
        uint8 kind = _requireOperated(statement.facility, statement.custodian);
        _requireOriginAllowed(statement.process, kind);
        _spend(statement, births);
        _conserve(statement, births, kind);
        _bear(id, outputHashes, statement);
        emit ProductionRecorded(id, statement, signer, signature);
    }

    /// @inheritdoc ILots
    function recordDispatch(Dispatch calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        _requireActive(statement.consignor);
        (id, signer) = _authorize(statement.consignor, Statements.hash(statement), statement.recordBy, signature);
        _requireRecent(statement.occurredAt);
        _requireActive(statement.consignee);
        _requireOperated(statement.from, statement.consignor);
        _requireOperated(statement.to, statement.consignee);
        _send(id, statement);
        emit DispatchRecorded(id, statement, signer, signature);
    }

    /// @inheritdoc ILots
    function recordReceipt(Receipt calldata statement, Dispatch calldata dispatched, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        if (statement.accepted) _requireActive(statement.party);
        (id, signer) = _authorize(statement.party, Statements.hash(statement), statement.recordBy, signature);
        _requireDispatch(statement.dispatch, dispatched);
        _requireMayReceive(statement, dispatched);
        _requireRecent(statement.occurredAt);
        _receive(id, statement);
        emit ReceiptRecorded(id, statement, signer, signature);
    }

    /// @inheritdoc ILots
    function lotState(LotId lot) external view returns (LotState memory) {
        return _lots[lot];
    }

    /// @inheritdoc ILots
    function head(LotId lot) public view returns (bytes32) {
        if (_custodian(lot) == address(0)) return 0;
        return _headOf(lot);
    }

    function _custodian(LotId lot) internal view returns (address) {
        return _lots[lot].custodian;
    }

    // ── Production ──

    function _spend(Production calldata statement, Birth[] calldata births) private {
        LotHead[] calldata inputs = statement.inputs;
        for (uint256 i; i < inputs.length; ++i) {
            LotState memory state = _requireHeld(inputs, i, statement.custodian, statement.occurredAt);
            _requireBirth(inputs[i].lot, births[i]);
            state.status = LotStatus.Spent;
            state.occurredAt = statement.occurredAt;
            _write(inputs[i].lot, state);
        }
    }

    function _conserve(Production calldata statement, Birth[] calldata births, uint8 kind) private {
        if (statement.process == Process.DECLARE || statement.process == Process.RETIRE) return;
        Output[] calldata outputs = statement.outputs;
        Balance.Sheet memory sheet;
        for (uint256 i; i < births.length; ++i) sheet.addInput(births[i].output.content);
        for (uint256 i; i < outputs.length; ++i) sheet.addOutput(outputs[i].content);
        uint16 year = Calendar.year(statement.occurredAt);
        for (uint256 i; i < outputs.length; ++i) {
            if (births.length == 0) _originate(statement.facility, sheet, outputs[i].content, year);
            else _transform(statement.facility, sheet, outputs[i].content, year, kind == FacilityKind.RECYCLER);
        }
    }

    function _originate(
        FacilityId facility,
        Balance.Sheet memory sheet,
        Content[] calldata content,
        uint16 year
    ) private {
        for (uint256 i; i < content.length; ++i) {
            Content calldata part = content[i];
            uint256 originated = sheet.originate(part.material, part.recycled);
            _useQuota(facility, part.material, part.recycled, year, originated);
        }
    }

    function _transform(
        FacilityId facility,
        Balance.Sheet memory sheet,
        Content[] calldata content,
        uint16 year,
        bool mayConvert
    ) private {
        for (uint256 i; i < content.length; ++i) {
            uint256 converted = sheet.convert(content[i].material, mayConvert);
            _useQuota(facility, content[i].material, true, year, converted);
        }
    }

    function _bear(StatementId id, bytes32[] memory outputHashes, Production calldata statement) private {
        LotState memory born =
            LotState(statement.custodian, statement.occurredAt, uint40(block.timestamp), LotStatus.Held);
        for (uint256 i; i < outputHashes.length; ++i) _write(Statements.lotId(id, i, outputHashes[i]), born);
    }

    function _requireUnborn(StatementId id, bytes32[] memory outputHashes) private view {
        if (outputHashes.length == 0) return;
        if (_custodian(Statements.lotId(id, 0, outputHashes[0])) != address(0)) {
            revert StatementAlreadyRecorded(StatementId.unwrap(id));
        }
    }

    function _requireBirth(LotId lot, Birth calldata birth) private pure {
        LotId born = Statements.lotId(birth.production, birth.index, Statements.hash(birth.output));
        if (LotId.unwrap(born) != LotId.unwrap(lot)) revert BirthMismatch(lot, born);
    }

    function _requireOriginAllowed(uint8 process, uint8 kind) private pure {
        bool isMine = kind == FacilityKind.MINE || kind == FacilityKind.ARTISANAL_MINE;
        if ((process == Process.EXTRACT && !isMine) || (process == Process.COLLECT && kind != FacilityKind.RECYCLER)) {
            revert OriginNotAtThisFacility(process, kind);
        }
    }

    // ── Dispatch and receipt ──

    function _send(StatementId id, Dispatch calldata statement) private {
        LotHead[] calldata lots = statement.lots;
        for (uint256 i; i < lots.length; ++i) {
            LotState memory state = _requireHeld(lots, i, statement.consignor, statement.occurredAt);
            state.status = LotStatus.InTransit;
            state.occurredAt = statement.occurredAt;
            _write(lots[i].lot, state);
            _heads[lots[i].lot] = StatementId.unwrap(id);
        }
    }

    function _receive(StatementId id, Receipt calldata statement) private {
        Received[] calldata lots = statement.lots;
        for (uint256 i; i < lots.length; ++i) {
            LotState memory state = _requireDispatched(id, statement, lots[i].lot, i);
            if (statement.accepted) state.custodian = statement.party;
            state.status = LotStatus.Held;
            state.occurredAt = statement.occurredAt;
            _write(lots[i].lot, state);
            _heads[lots[i].lot] = StatementId.unwrap(id);
        }
    }

    function _requireDispatch(StatementId expected, Dispatch calldata dispatched) private view {
        StatementId got = _statementId(Statements.hash(dispatched));
        if (StatementId.unwrap(got) != StatementId.unwrap(expected)) revert DispatchMismatch(expected, got);
    }

    function _requireMayReceive(Receipt calldata statement, Dispatch calldata dispatched) private view {
        if (statement.party == dispatched.consignee) return;
        if (statement.accepted || statement.party != dispatched.consignor) {
            revert ReceiptNotByConsignee(dispatched.consignee, statement.party);
        }
        if (block.timestamp < dispatched.recallFrom) revert RecallTooEarly(dispatched.recallFrom, block.timestamp);
    }

    // ── Lots that a statement names ──

    /// @dev A lot whose head is a dispatch is in transit: only a receipt ends either. Where an entry after the first
    /// meets this receipt as the head, an earlier entry put it there.
    function _requireDispatched(StatementId id, Receipt calldata statement, LotId lot, uint256 i)
        private
        view
        returns (LotState memory state)
    {
        state = _lots[lot];
        if (state.status == LotStatus.None) revert LotUnknown(lot);
        bytes32 present = _headOf(lot);
        if (i > 0 && present == StatementId.unwrap(id)) revert LotListedTwice(lot);
        if (present != StatementId.unwrap(statement.dispatch)) revert DispatchNotHead(lot, present, statement.dispatch);
        _requireAfter(lot, state.occurredAt, statement.occurredAt);
    }

    function _requireHeld(LotHead[] calldata lots, uint256 i, address party, uint40 occurredAt)
        private
        view
        returns (LotState memory state)
    {
        LotId lot = lots[i].lot;
        state = _lots[lot];
        if (state.status != LotStatus.Held) _refuse(lots, i, state.status);
        if (state.custodian != party) revert LotNotHeldBy(lot, state.custodian, party);
        bytes32 present = _headOf(lot);
        if (present != lots[i].head) revert HeadStale(lot, present, lots[i].head);
        _requireAfter(lot, state.occurredAt, occurredAt);
    }

    /// @dev A lot that the statement lists twice is no longer held when its second entry is met.
    function _refuse(LotHead[] calldata lots, uint256 i, LotStatus status) private pure {
        LotId lot = lots[i].lot;
        for (uint256 j; j < i; ++j) {
            if (LotId.unwrap(lots[j].lot) == LotId.unwrap(lot)) revert LotListedTwice(lot);
        }
        if (status == LotStatus.None) revert LotUnknown(lot);
        if (status == LotStatus.Spent) revert LotIsSpent(lot);
        revert LotIsInTransit(lot);
    }

    function _write(LotId lot, LotState memory state) private {
        _lots[lot] = state;
    }

    function _headOf(LotId lot) private view returns (bytes32) {
        bytes32 touchedBy = _heads[lot];
        return touchedBy == 0 ? LotId.unwrap(lot) : touchedBy;
    }

    // ── Time ──

    function _requireAfter(LotId lot, uint40 lotOccurredAt, uint40 occurredAt) private pure {
        if (occurredAt < lotOccurredAt) revert OccurredBeforeLot(lot, lotOccurredAt, occurredAt);
    }

    function _requireRecent(uint40 occurredAt) private view {
        if (occurredAt + MAX_AGE < block.timestamp) revert OccurredTooLongAgo(block.timestamp - MAX_AGE, occurredAt);
        if (occurredAt > block.timestamp + MAX_CLOCK_SKEW) {
            revert OccurredInFuture(block.timestamp + MAX_CLOCK_SKEW, occurredAt);
        }
    }
}
