// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {
    Attestation,
    Content,
    Correction,
    FacilityId,
    LotState,
    LotStatus,
    LotTrace,
    Observation,
    Output,
    Production,
    Quota,
    StatementId
} from "../../contracts/Types.sol";
import {IObservations} from "../../contracts/interfaces/IObservations.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice I12 and I14 for any masses, times and orders: a correction restores exactly what was; trails and tails re-compute.
contract RestoredTest is Base {
    function entered(uint8 process, Content[] memory pairs, uint64 milligrams) private returns (Lot memory) {
        Production memory statement =
            production(recycler, recyclingPlant, process, none(), yielding(goods(milligrams, pairs)));
        statement.evidence = serial();
        return bornOf(statement, record(statement, none()), 0);
    }

    function contents(uint64 fresh, uint64 again) private pure returns (Content[] memory pairs) {
        if (fresh == 0) return recycledCobalt(again);
        return again == 0 ? primaryCobalt(fresh) : mixedCobalt(fresh, again);
    }

    /// @dev All but when, and by what it was last touched.
    function assertRestored(Lot memory lot, LotState memory before, StatementId correctionId, uint40 time)
        private
        view
    {
        LotState memory got = ledger.lotState(lot.id);
        assertEq(ledger.head(lot.id), StatementId.unwrap(correctionId));
        assertEq(got.occurredAt, time);
        (got.occurredAt, got.trace) = (before.occurredAt, before.trace);
        assertEq(abi.encode(got), abi.encode(before));
    }

    function testFuzz_I12_a_correction_restores_exactly_what_was(
        uint64 fresh,
        uint64 again,
        uint64 converted,
        uint256 waited
    ) public {
        (fresh, again) = (uint64(bound(fresh, 1, 300 * KG)), uint64(bound(again, 1, 300 * KG)));
        converted = uint64(bound(converted, 0, fresh));
        Lot[] memory inputs = two(
            entered(Process.DECLARE, primaryCobalt(fresh), fresh), entered(Process.COLLECT, recycledCobalt(again), again)
        );
        Quota memory quotaBefore = ledger.quota(recyclingPlant, COBALT, true, YEAR);
        LotState[2] memory before = [ledger.lotState(inputs[0].id), ledger.lotState(inputs[1].id)];
        Output[] memory made = yielding(goods(1_000 * KG, contents(fresh - converted, again + converted)));
        Production memory corrected = production(recycler, recyclingPlant, Process.RECYCLE, inputs, made);
        record(corrected, inputs);
        vm.warp(START + bound(waited, 0, 80 days));
        Correction memory statement = correction(corrected);
        StatementId id = record(statement, corrected, inputs);
        assertEq(abi.encode(ledger.quota(recyclingPlant, COBALT, true, YEAR)), abi.encode(quotaBefore));
        for (uint256 i; i < 2; ++i) assertRestored(inputs[i], before[i], id, statement.occurredAt);
        Production memory repeated = production(recycler, recyclingPlant, Process.RECYCLE, inputs, made);
        record(repeated, inputs);
        assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, quotaBefore.used + converted);
    }

    /// @dev A row of splits, undone from its end: each lot is void but the first, which is as it was.
    function testFuzz_I12_a_row_of_productions_is_undone_from_its_end(uint256 length) public {
        length = bound(length, 1, 8);
        Lot memory ore = mined(KG);
        Lot[] memory row = new Lot[](length + 1);
        Production[] memory done = new Production[](length);
        row[0] = ore;
        for (uint256 i; i < length; ++i) {
            done[i] = production(miner, mine, Process.SPLIT, one(row[i]), yielding(goods(KG, primaryCobalt(KG))));
            row[i + 1] = bornOf(done[i], record(done[i], one(row[i])), 0);
        }
        for (uint256 i = length; i > 0; --i) {
            record(correction(done[i - 1]), done[i - 1], one(row[i - 1]));
            assertEq(uint256(ledger.lotState(row[i].id).status), uint256(LotStatus.Void));
            assertEq(uint256(ledger.lotState(row[i - 1].id).status), uint256(LotStatus.Held));
        }
        assertEq(uint256(ledger.lotState(ore.id).trace), uint256(LotTrace.Corrected));
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, KG);
    }

    /// @dev Whatever is said, in any order, of two subjects by several: what a reader computes is what the ledger has.
    function testFuzz_I14_trails_and_tails_re_compute(uint256[12] memory seeds) public {
        bytes32[2] memory subjects = [FacilityId.unwrap(mine), FacilityId.unwrap(plant)];
        bytes32[2] memory trails;
        StatementId[4] memory tails;
        for (uint256 i; i < seeds.length; ++i) {
            (uint256 about, uint256 who) = (seeds[i] % 2, (seeds[i] >> 8) % 2);
            bytes32 subject = subjects[about];
            if ((seeds[i] >> 16) % 2 == 0) {
                Attestation memory said = attestation(subject);
                said.evidence = serial();
                trails[about] = keccak256(abi.encode(trails[about], record(said)));
                if ((seeds[i] >> 24) % 2 == 0) {
                    StatementId revoked = record(revocation(who == 0 ? auditor : registrar, said), said);
                    trails[about] = keccak256(abi.encode(trails[about], revoked));
                }
            } else {
                address observer = who == 0 ? refiner : recycler;
                StatementId id = record(observation(observer, observer, subject));
                bool isFirst = StatementId.unwrap(tails[2 * about + who]) == 0;
                if (isFirst) trails[about] = keccak256(abi.encode(trails[about], id));
                tails[2 * about + who] = id;
            }
        }
        for (uint256 i; i < 2; ++i) {
            assertEq(ledger.trail(subjects[i]), trails[i]);
            assertTail(refiner, subjects[i], tails[2 * i]);
            assertTail(recycler, subjects[i], tails[2 * i + 1]);
        }
    }

    function assertTail(address observer, bytes32 subject, StatementId expected) private view {
        StatementId got = ledger.tail(observer, observer, subject);
        assertEq(StatementId.unwrap(got), StatementId.unwrap(expected));
    }

    function testFuzz_I14_only_the_tail_is_followed(StatementId previous) public {
        bytes32 subject = FacilityId.unwrap(mine);
        StatementId present = record(observation(maker, maker, subject));
        vm.assume(StatementId.unwrap(previous) != StatementId.unwrap(present));
        bytes memory refusal = abi.encodeWithSelector(IObservations.TailStale.selector, present, previous);
        Observation memory statement = observation(maker, maker, subject);
        statement.previous = previous;
        refuse(statement, refusal);
    }
}
