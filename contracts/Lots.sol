// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Facilities} from "./Facilities.sol";
import {LotHead, LotId, LotState, LotStatus, LotTrace, StatementId} from "./Types.sol";
import {ILots} from "./interfaces/ILots.sol";
import {LotWord} from "./libraries/LotWord.sol";

/// @title The state of lots
/// @notice What is kept of a lot, and what a statement that names one must fit.
abstract contract Lots is Facilities, ILots {
    uint256 private constant MAX_AGE = 90 days;

    mapping(LotId lot => LotWord) private _lots;
    /// @dev Written only from the first statement on that leaves a trace.
    mapping(LotId lot => bytes32) private _heads;

    /// @inheritdoc ILots
    function lotState(LotId lot) external view returns (LotState memory) {
        return _lots[lot].unpack();
    }

    /// @inheritdoc ILots
    function head(LotId lot) external view returns (bytes32) {
        LotWord state = _lots[lot];
        return state.status() == LotStatus.None ? bytes32(0) : _headOf(lot, state);
    }

    function _lotState(LotId lot) internal view returns (LotWord) {
        return _lots[lot];
    }

    function _headOf(LotId lot, LotWord state) internal view returns (bytes32) {
        return state.trace() == LotTrace.None ? LotId.unwrap(lot) : _heads[lot];
    }

    function _write(LotId lot, LotWord state) internal {
        _lots[lot] = state;
    }

    /// @dev For what touches a lot: `id` is its head from here on.
    function _touch(LotId lot, LotWord state, StatementId id) internal {
        _lots[lot] = state;
        _heads[lot] = StatementId.unwrap(id);
    }

    // ── Lots that a statement names ──

    function _requireHeld(LotHead[] calldata lots, uint256 i, address party, uint40 occurredAt)
        internal
        view
        returns (LotWord state)
    {
        LotId lot = lots[i].lot;
        state = _lots[lot];
        if (state.status() != LotStatus.Held) _refuse(lots, i, state.status());
        if (state.custodian() != party) revert LotNotHeldBy(lot, state.custodian(), party);
        bytes32 present = _headOf(lot, state);
        if (present != lots[i].head) revert HeadStale(lot, present, lots[i].head);
        _requireAfter(lot, state.occurredAt(), occurredAt);
    }

    /// @dev A lot that the statement lists twice is no longer held when its second entry is met.
    function _refuse(LotHead[] calldata lots, uint256 i, LotStatus status) private pure {
        LotId lot = lots[i].lot;
        for (uint256 j; j < i; ++j) {
            if (LotId.unwrap(lots[j].lot) == LotId.unwrap(lot)) revert LotListedTwice(lot);
        }
        if (status == LotStatus.None) revert LotUnknown(lot);
        if (status == LotStatus.Spent) revert LotIsSpent(lot);
        if (status == LotStatus.Void) revert LotIsVoid(lot);
        revert LotIsInTransit(lot);
    }

    // ── Time ──

    function _requireAfter(LotId lot, uint40 lotOccurredAt, uint40 occurredAt) internal pure {
        if (occurredAt < lotOccurredAt) revert OccurredBeforeLot(lot, lotOccurredAt, occurredAt);
    }

    function _requireRecent(uint40 occurredAt) internal view {
        if (occurredAt + MAX_AGE < block.timestamp) revert OccurredTooLongAgo(block.timestamp - MAX_AGE, occurredAt);
        _requireNotInFuture(occurredAt);
    }
}
