// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {
    Birth,
    Content,
    Correction,
    Dispatch,
    FacilityId,
    LotHead,
    LotId,
    LotState,
    LotStatus,
    LotTrace,
    Production,
    Quota,
    Receipt,
    RetirementState,
    StatementId
} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {Base} from "./Base.sol";
import {Decoder} from "./Decoder.sol";
import {Vm} from "./Vm.sol";

/// @notice Follows lots and quotas by their events alone, as an indexer does, and keeps the books of what originated, what
/// exists and what is gone. Written anew, from the interfaces' words.
abstract contract Fold is Base, Decoder {
    struct FoldedLot {
        LotState state;
        bytes32 head;
        StatementId production;
        uint256 index;
    }

    /// @dev Whose quota; a quota is known by its hash.
    struct QuotaKey {
        FacilityId facility;
        uint8 material;
        bool recycled;
        uint16 year;
    }

    uint256 internal constant PAIRS = 512;

    LotId[] internal lotIds;
    StatementId[] internal productionIds;
    bytes32[] internal quotaIds;
    mapping(LotId => FoldedLot) internal lots;
    /// @dev Encoded: Solidity's older code generator copies no nested arrays from memory to storage.
    mapping(StatementId => bytes) private _productions;
    mapping(StatementId => bool) internal isCorrected;
    mapping(bytes32 => QuotaKey) internal quotaKeys;
    mapping(bytes32 => Quota) internal quotas;
    /// @dev Per pair: what came into being, by origins and conversions; what ended, in productions that took more in than
    /// came out. Of productions that stand.
    uint256[PAIRS] internal originated;
    uint256[PAIRS] internal gone;
    /// @dev Per material: what origins made, conversions aside.
    uint256[256] internal mass;

    /// @return isKnown Whether it was an event about lots or quotas.
    function foldLots(Vm.Log memory log) internal returns (bool isKnown) {
        StatementId id = log.topics.length > 1 ? StatementId.wrap(log.topics[1]) : StatementId.wrap(0);
        bytes32 topic = log.topics[0];
        if (topic == IFacilities.QuotaGranted.selector) {
            _grant(FacilityId.wrap(log.topics[1]), log.data);
        } else if (topic == ILots.ProductionRecorded.selector) {
            (Production memory statement,,) = abi.decode(log.data, (Production, address, bytes));
            _produce(id, statement);
        } else if (topic == ILots.DispatchRecorded.selector) {
            (Dispatch memory statement,,) = abi.decode(log.data, (Dispatch, address, bytes));
            _dispatch(id, statement);
        } else if (topic == ILots.ReceiptRecorded.selector) {
            (Receipt memory statement,,) = abi.decode(log.data, (Receipt, address, bytes));
            _receive(id, statement);
        } else if (topic == ILots.CorrectionRecorded.selector) {
            (Correction memory statement,,) = abi.decode(log.data, (Correction, address, bytes));
            _correct(id, statement);
        } else {
            return false;
        }
        return true;
    }

    function productionOf(StatementId id) internal view returns (Production memory) {
        return abi.decode(_productions[id], (Production));
    }

    function birthOf(LotId lot) internal view returns (Birth memory) {
        (StatementId id, uint256 index) = (lots[lot].production, lots[lot].index);
        return Birth(id, index, productionOf(id).outputs[index]);
    }

    // ── Quotas ──

    function _quotaId(QuotaKey memory key) private returns (bytes32 id) {
        id = keccak256(abi.encode(key));
        if (FacilityId.unwrap(quotaKeys[id].facility) != 0) return id;
        quotaKeys[id] = key;
        quotaIds.push(id);
    }

    function _grant(FacilityId facility, bytes memory data) private {
        (uint8 material, bool recycled, uint16 year, uint64 milligrams,) =
            abi.decode(data, (uint8, bool, uint16, uint64, bytes32));
        quotas[_quotaId(QuotaKey(facility, material, recycled, year))].granted = milligrams;
    }

    function _use(Production memory statement, uint256 pair, uint256 milligrams, bool isReturned) private {
        QuotaKey memory key = QuotaKey(statement.facility, uint8(pair / 2), pair % 2 == 1, YEAR);
        bytes32 id = _quotaId(key);
        if (isReturned) quotas[id].used -= uint128(milligrams);
        else quotas[id].used += uint128(milligrams);
    }

    // ── Lots ──

    function _produce(StatementId id, Production memory statement) private {
        productionIds.push(id);
        _productions[id] = abi.encode(statement);
        _account(statement, false);
        for (uint256 i; i < statement.inputs.length; ++i) {
            LotHead memory input = statement.inputs[i];
            assertEq(uint256(lots[input.lot].state.status), uint256(LotStatus.Held), "I4");
            assertEq(input.head, lots[input.lot].head, "I6");
            _move(input.lot, LotStatus.Spent, statement.occurredAt);
        }
        for (uint256 i; i < statement.outputs.length; ++i) {
            LotId lot = hasher.lotId(id, i, statement.outputs[i]);
            assertEq(uint256(lots[lot].state.status), uint256(LotStatus.None), "I3");
            lotIds.push(lot);
            LotState memory state =
                LotState(statement.custodian, statement.occurredAt, timeNow(), LotStatus.Held, LotTrace.None);
            lots[lot] = FoldedLot(state, LotId.unwrap(lot), id, i);
        }
    }

    function _dispatch(StatementId id, Dispatch memory statement) private {
        for (uint256 i; i < statement.lots.length; ++i) {
            LotId lot = statement.lots[i].lot;
            assertEq(statement.lots[i].head, lots[lot].head, "I6");
            _move(lot, LotStatus.InTransit, statement.occurredAt);
            lots[lot].head = StatementId.unwrap(id);
            lots[lot].state.trace = LotTrace.Dispatched;
        }
    }

    function _receive(StatementId id, Receipt memory statement) private {
        for (uint256 i; i < statement.lots.length; ++i) {
            LotId lot = statement.lots[i].lot;
            assertEq(StatementId.unwrap(statement.dispatch), lots[lot].head, "I6");
            _move(lot, LotStatus.Held, statement.occurredAt);
            lots[lot].head = StatementId.unwrap(id);
            if (statement.accepted) lots[lot].state.custodian = statement.party;
        }
    }

    function _correct(StatementId id, Correction memory statement) private {
        Production memory corrected = productionOf(statement.production);
        isCorrected[statement.production] = true;
        for (uint256 i; i < corrected.outputs.length; ++i) {
            LotId lot = hasher.lotId(statement.production, i, corrected.outputs[i]);
            _move(lot, LotStatus.Void, statement.occurredAt);
        }
        for (uint256 i; i < corrected.inputs.length; ++i) {
            LotId lot = corrected.inputs[i].lot;
            _move(lot, LotStatus.Held, statement.occurredAt);
            lots[lot].head = StatementId.unwrap(id);
            if (lots[lot].state.trace == LotTrace.None) lots[lot].state.trace = LotTrace.Corrected;
        }
        _account(corrected, true);
    }

    function _move(LotId lot, LotStatus status, uint40 occurredAt) private {
        assertGe(occurredAt, lots[lot].state.occurredAt, "I7");
        lots[lot].state.status = status;
        lots[lot].state.occurredAt = occurredAt;
    }

    // ── Books ──

    function _account(Production memory statement, bool isReturned) private {
        uint256[PAIRS] memory ins;
        uint256[PAIRS] memory outs;
        for (uint256 i; i < statement.inputs.length; ++i) addTo(ins, birthOf(statement.inputs[i].lot).output.content);
        for (uint256 i; i < statement.outputs.length; ++i) addTo(outs, statement.outputs[i].content);
        bool isOrigin = statement.inputs.length == 0;
        for (uint256 pair; pair < PAIRS; ++pair) {
            if (ins[pair] >= outs[pair]) {
                gone[pair] = _booked(gone[pair], ins[pair] - outs[pair], isReturned);
            } else {
                uint256 made = outs[pair] - ins[pair];
                originated[pair] = _booked(originated[pair], made, isReturned);
                if (isOrigin) mass[pair / 2] = _booked(mass[pair / 2], made, isReturned);
                if (statement.process != Process.DECLARE) _use(statement, pair, made, isReturned);
            }
        }
    }

    function _booked(uint256 sum, uint256 milligrams, bool isReturned) private pure returns (uint256) {
        return isReturned ? sum - milligrams : sum + milligrams;
    }

    function addTo(uint256[PAIRS] memory sums, Content[] memory content) internal pure {
        for (uint256 i; i < content.length; ++i) {
            sums[uint256(content[i].material) * 2 + (content[i].recycled ? 1 : 0)] += content[i].milligrams;
        }
    }

    // ── Against the ledger ──

    function assertLots() internal view {
        for (uint256 i; i < lotIds.length; ++i) {
            FoldedLot memory lot = lots[lotIds[i]];
            assertEq(abi.encode(ledger.lotState(lotIds[i])), abi.encode(lot.state), "lot");
            assertEq(ledger.head(lotIds[i]), lot.head, "head");
        }
        for (uint256 i; i < productionIds.length; ++i) {
            StatementId id = productionIds[i];
            RetirementState expected = productionOf(id).outputs.length > 0
                ? RetirementState.None
                : isCorrected[id] ? RetirementState.Corrected : RetirementState.Recorded;
            assertEq(uint256(ledger.retirementState(id)), uint256(expected), "retirement");
        }
    }

    function assertQuotas() internal view {
        for (uint256 i; i < quotaIds.length; ++i) {
            QuotaKey memory key = quotaKeys[quotaIds[i]];
            Quota memory got = ledger.quota(key.facility, key.material, key.recycled, key.year);
            assertEq(abi.encode(got), abi.encode(quotas[quotaIds[i]]), "quota");
            assertLe(got.used, got.granted, "within the quota");
        }
    }
}
