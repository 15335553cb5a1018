// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {
    Attestation,
    Birth,
    Content,
    Dispatch,
    FacilityId,
    LotId,
    Output,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {IAttestations} from "../../contracts/interfaces/IAttestations.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice The invariants of contracts/README.md, by number: whatever the inputs, the ledger records exactly what the
/// invariant allows.
contract InvariantsTest is Base {
    uint64 private constant GRANTED = 1_000 * KG;

    /// @dev A lot of cobalt and nickel, declared at the refinery or the recycler.
    function declared(address party, FacilityId facility, uint64 cobalt, uint64 nickel) private returns (Lot memory) {
        Content[] memory pairs = new Content[](2);
        pairs[0] = Content(COBALT, false, cobalt);
        pairs[1] = Content(NICKEL, false, nickel);
        Output[] memory made = yielding(goods(cobalt + nickel, pairs));
        Production memory statement = production(party, facility, Process.DECLARE, none(), made);
        statement.evidence = serial();
        return bornOf(statement, record(statement, none()), 0);
    }

    function collected(uint64 cobalt) private returns (Lot memory) {
        Output[] memory made = yielding(goods(cobalt, recycledCobalt(cobalt)));
        Production memory statement = production(recycler, recyclingPlant, Process.COLLECT, none(), made);
        return bornOf(statement, record(statement, none()), 0);
    }

    function mass(uint256 seed) private pure returns (uint64) {
        return uint64(bound(seed, 1, 100 * KG));
    }

    function nonzero(Content[] memory pairs) private pure returns (Content[] memory kept) {
        uint256 count;
        for (uint256 i; i < pairs.length; ++i) if (pairs[i].milligrams > 0) ++count;
        kept = new Content[](count);
        for (uint256 i = pairs.length; i > 0; --i) if (pairs[i - 1].milligrams > 0) kept[--count] = pairs[i - 1];
    }

    function moreOut(uint8 material, bool isRecycled, uint256 inMilligrams, uint256 outMilligrams)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSelector(
            ILots.MoreOutThanIn.selector, material, isRecycled, inMilligrams, outMilligrams
        );
    }

    function testFuzz_I1_no_more_of_a_pair_comes_out_than_went_in(uint256[2] memory ins, uint256[2] memory outs)
        public
    {
        Lot[] memory inputs = two(
            declared(refiner, refinery, mass(ins[0]), KG), declared(refiner, refinery, mass(ins[1]), KG)
        );
        Output[] memory made = yielding(
            goods(100 * KG, primaryCobalt(mass(outs[0]))), goods(100 * KG, primaryCobalt(mass(outs[1])))
        );
        Production memory statement = production(refiner, refinery, Process.REFINE, inputs, made);
        uint256 into = uint256(mass(ins[0])) + mass(ins[1]);
        uint256 out = uint256(mass(outs[0])) + mass(outs[1]);
        if (out <= into) record(statement, inputs);
        else refuse(statement, inputs, moreOut(COBALT, false, into, out));
    }

    function testFuzz_I1_I2_a_recycler_converts_what_primary_leaves(uint256[2] memory ins, uint256[2] memory outs)
        public
    {
        uint64[2] memory into = [mass(ins[0]), mass(ins[1])];
        uint64[2] memory out = [uint64(bound(outs[0], 0, 150 * KG)), uint64(bound(outs[1], 0, 150 * KG))];
        Lot[] memory inputs = two(declared(recycler, recyclingPlant, into[0], KG), collected(into[1]));
        Output[] memory made = yielding(goods(300 * KG, nonzero(mixedCobalt(out[0], out[1]))));
        Production memory statement = production(recycler, recyclingPlant, Process.RECYCLE, inputs, made);
        uint256 converted = out[1] > into[1] ? out[1] - into[1] : 0;
        if (out[0] > into[0]) {
            refuse(statement, inputs, moreOut(COBALT, false, into[0], out[0]));
        } else if (converted > into[0] - out[0]) {
            refuse(statement, inputs, moreOut(COBALT, true, into[1] + into[0] - out[0], out[1]));
        } else {
            record(statement, inputs);
            assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, into[1] + converted);
        }
    }

    function testFuzz_I2_origins_stay_within_the_quota(uint64[4] memory wanted) public {
        uint256 used;
        for (uint256 i; i < wanted.length; ++i) {
            uint64 cobalt = uint64(bound(wanted[i], 1, GRANTED));
            Production memory statement = extraction(cobalt);
            statement.evidence = serial();
            if (used + cobalt <= GRANTED) {
                record(statement, none());
                used += cobalt;
            } else {
                bytes memory refusal = abi.encodeWithSelector(
                    IFacilities.QuotaExceeded.selector, mine, COBALT, false, YEAR, GRANTED - used, cobalt
                );
                refuse(statement, none(), refusal);
            }
            assertEq(ledger.quota(mine, COBALT, false, YEAR).used, used);
        }
    }

    function testFuzz_I2_conversions_stay_within_the_quota(uint64[3] memory wanted) public {
        uint256 used;
        for (uint256 i; i < wanted.length; ++i) {
            uint64 cobalt = uint64(bound(wanted[i], 1, GRANTED));
            Lot[] memory inputs = one(declared(recycler, recyclingPlant, cobalt, KG));
            Output[] memory made = yielding(goods(cobalt, recycledCobalt(cobalt)));
            Production memory statement = production(recycler, recyclingPlant, Process.RECYCLE, inputs, made);
            if (used + cobalt <= GRANTED) {
                record(statement, inputs);
                used += cobalt;
            } else {
                bytes memory refusal = abi.encodeWithSelector(
                    IFacilities.QuotaExceeded.selector, recyclingPlant, COBALT, true, YEAR, GRANTED - used, cobalt
                );
                refuse(statement, inputs, refusal);
            }
            assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, used);
        }
    }

    function testFuzz_I3_a_lot_is_born_once(uint256[2] memory masses, bytes32 evidence) public {
        Output memory first = goods(200 * KG, primaryCobalt(mass(masses[0])));
        Output memory second = goods(200 * KG, primaryCobalt(mass(masses[1])));
        Production memory statement =
            production(miner, mine, Process.EXTRACT, none(), yielding(first, second));
        statement.evidence = evidence;
        StatementId id = record(statement, none());
        assertNotEq(LotId.unwrap(bornOf(statement, id, 0).id), LotId.unwrap(bornOf(statement, id, 1).id));
        refuse(statement, none(), abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, id));
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, uint256(mass(masses[0])) + mass(masses[1]));
    }

    function testFuzz_I4_a_lot_is_spent_once(uint256 seed, bytes32 evidence) public {
        Lot[] memory ore = one(mined(mass(seed)));
        Production memory retired = production(miner, mine, Process.RETIRE, ore, new Output[](0));
        record(retired, ore);
        retired.evidence = evidence;
        bytes memory refusal = abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id);
        refuse(retired, ore, refusal);
        refuse(dispatch(ore, mine, refinery), refusal);
    }

    function testFuzz_I6_only_the_present_head_extends_a_lot(bytes32 head) public {
        Lot memory ore = mined(KG);
        vm.assume(head != LotId.unwrap(ore.id));
        Dispatch memory statement = dispatch(one(ore), mine, refinery);
        statement.lots[0].head = head;
        bytes memory refusal = abi.encodeWithSelector(ILots.HeadStale.selector, ore.id, LotId.unwrap(ore.id), head);
        refuse(statement, refusal);
    }

    function testFuzz_I7_time_stays_in_its_window_and_never_goes_back(uint40 born, uint40 occurredAt) public {
        Production memory statement = extraction(KG);
        statement.occurredAt = uint40(bound(born, START - 90 days, START + 15 minutes));
        Lot[] memory ore = one(bornOf(statement, record(statement, none()), 0));
        Dispatch memory next = dispatch(ore, mine, refinery);
        next.occurredAt = uint40(bound(occurredAt, START - 100 days, START + 1 days));
        if (next.occurredAt < START - 90 days) {
            refuse(next, abi.encodeWithSelector(ILots.OccurredTooLongAgo.selector, START - 90 days, next.occurredAt));
        } else if (next.occurredAt > START + 15 minutes) {
            refuse(next, abi.encodeWithSelector(IParties.OccurredInFuture.selector, START + 15 minutes, next.occurredAt));
        } else if (next.occurredAt < statement.occurredAt) {
            bytes memory refusal = abi.encodeWithSelector(
                ILots.OccurredBeforeLot.selector, ore[0].id, statement.occurredAt, next.occurredAt
            );
            refuse(next, refusal);
        } else {
            record(next);
            assertEq(ledger.lotState(ore[0].id).occurredAt, next.occurredAt);
        }
    }

    function testFuzz_I8_no_other_key_signs_for_a_party(uint256 key) public {
        key = bound(key, 1, type(uint128).max);
        vm.assume(key != keyOf[miner]);
        Production memory statement = extraction(KG);
        bytes memory forged = signature(key, StatementId.unwrap(idOf(statement)));
        bytes memory refusal = abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordProduction(statement, new Birth[](0), forged);
    }

    function testFuzz_I8_no_bit_of_a_signature_can_change(uint256 bit) public {
        bit = bound(bit, 0, 65 * 8 - 1);
        Production memory statement = extraction(KG);
        bytes memory bent = signed(miner, idOf(statement));
        bent[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        bytes memory refusal = abi.encodeWithSelector(IParties.SignatureInvalid.selector, miner, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordProduction(statement, new Birth[](0), bent);
    }

    function testFuzz_I9_a_transfer_takes_effect_once(uint64 waited, bool accepted) public {
        Dispatch memory sent = dispatch(one(mined(KG)), mine, refinery);
        StatementId sentId = record(sent);
        vm.warp(START + bound(waited, 0, 23 hours));
        Receipt memory received = receipt(refiner, sent, accepted);
        received.recordBy = type(uint40).max;
        bytes32 head = StatementId.unwrap(record(received, sent));
        LotId lot = sent.lots[0].lot;
        refuse(received, sent, abi.encodeWithSelector(ILots.DispatchNotHead.selector, lot, head, sentId));
        bytes memory refusal = accepted
            ? abi.encodeWithSelector(ILots.LotNotHeldBy.selector, lot, refiner, miner)
            : abi.encodeWithSelector(ILots.HeadStale.selector, lot, head, LotId.unwrap(lot));
        refuse(sent, refusal);
    }

    function testFuzz_I10_an_attestation_only_ends_earlier(uint40[3] memory ends) public {
        Attestation memory attested = attestation(FacilityId.unwrap(mine));
        StatementId id = record(attested);
        uint40 end = START + 365 days;
        for (uint256 i; i < ends.length; ++i) {
            Revocation memory statement = revocation(i % 2 == 0 ? auditor : registrar, attested);
            statement.effectiveAt = uint40(bound(ends[i], 0, START + 500 days));
            if (statement.effectiveAt < end) {
                record(statement, attested);
                end = statement.effectiveAt;
            } else {
                bytes memory refusal = abi.encodeWithSelector(
                    IAttestations.RevocationNotEarlier.selector, end, statement.effectiveAt
                );
                refuse(statement, attested, refusal);
            }
            assertEq(ledger.attestationState(id).endsAt, end);
        }
    }
}
