// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CustodyModel, FacilityKind, Outcome, Process, TransportMode} from "../../contracts/Codes.sol";
import {
    Attestation,
    Content,
    Correction,
    Delegation,
    Dispatch,
    FacilityId,
    FacilityRegistration,
    Observation,
    Output,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice Values at the limits of what each field allows, and the first beyond them.
contract LimitsTest is Base {
    uint40 private constant NEVER = type(uint40).max;

    function declared(uint32 commodity, uint64 milligrams, Content[] memory pairs) private returns (Lot memory) {
        Output[] memory made = yielding(Output(commodity, milligrams, pairs, 0));
        Production memory statement = production(maker, plant, Process.DECLARE, none(), made);
        (statement.evidence, statement.recordBy) = (serial(), NEVER);
        return bornOf(statement, record(statement, none()), 0);
    }

    // ── Masses ──

    function test_largest_mass_is_declared_sent_weighed_and_blended() public {
        Lot memory stock = declared(999_999, MAX_MILLIGRAMS, primaryCobalt(MAX_MILLIGRAMS));
        Dispatch memory sent = dispatch(one(stock), plant, refinery);
        record(sent);
        Receipt memory weighed = receipt(refiner, sent, true);
        weighed.lots[0].milligrams = MAX_MILLIGRAMS;
        record(weighed, sent);
        Output[] memory made = yielding(goods(MAX_MILLIGRAMS, primaryCobalt(MAX_MILLIGRAMS)));
        record(production(refiner, refinery, Process.BLEND, one(stock), made), one(stock));
    }

    function test_weighed_mass_above_refused_MassTooLarge() public {
        Dispatch memory sent = dispatch(one(mined(KG)), mine, refinery);
        record(sent);
        Receipt memory weighed = receipt(refiner, sent, true);
        weighed.lots[0].milligrams = MAX_MILLIGRAMS + 1;
        refuse(weighed, sent, abi.encodeWithSelector(IFacilities.MassTooLarge.selector, MAX_MILLIGRAMS + 1));
        weighed.lots[0].milligrams = type(uint64).max;
        refuse(weighed, sent, abi.encodeWithSelector(IFacilities.MassTooLarge.selector, type(uint64).max));
    }

    /// @dev Their sum needs more than 64 bits.
    function test_sums_of_many_largest_masses_are_conserved() public {
        Lot[] memory stock = new Lot[](5);
        Output[] memory made = new Output[](5);
        for (uint256 i; i < 5; ++i) {
            stock[i] = declared(1, MAX_MILLIGRAMS, primaryCobalt(MAX_MILLIGRAMS));
            made[i] = goods(MAX_MILLIGRAMS, primaryCobalt(MAX_MILLIGRAMS));
        }
        Lot memory last = stock[4];
        stock[4] = declared(1, MAX_MILLIGRAMS, primaryCobalt(MAX_MILLIGRAMS - 1));
        uint256 sum = uint256(MAX_MILLIGRAMS) * 5;
        bytes memory refusal =
            abi.encodeWithSelector(ILots.MoreOutThanIn.selector, COBALT, false, sum - 1, sum);
        refuse(production(maker, plant, Process.BLEND, stock, made), stock, refusal);
        stock[4] = last;
        record(production(maker, plant, Process.BLEND, stock, made), stock);
    }

    function test_sum_of_contents_above_64_bits_refused_ContentExceedsMass() public {
        Content[] memory pairs = new Content[](3);
        for (uint8 i; i < 3; ++i) pairs[i] = Content(i + 1, false, MAX_MILLIGRAMS);
        Output[] memory made = yielding(goods(MAX_MILLIGRAMS, pairs));
        bytes memory refusal = abi.encodeWithSelector(
            ILots.ContentExceedsMass.selector, 0, 3 * uint256(MAX_MILLIGRAMS), MAX_MILLIGRAMS
        );
        refuse(production(maker, plant, Process.DECLARE, none(), made), none(), refusal);
    }

    function test_least_mass() public {
        declared(1, 1, primaryCobalt(1));
        declared(1, 1, new Content[](0));
    }

    // ── Codes ──

    function test_each_material() public {
        for (uint256 material; material < 256; ++material) {
            bool isKnown = (material >= 1 && material <= 118) || material >= 128;
            if (!isKnown) {
                vm.expectRevert(abi.encodeWithSelector(IFacilities.MaterialUnknown.selector, material));
            }
            vm.prank(registrar);
            ledger.grantQuota(mine, uint8(material), false, YEAR, MAX_MILLIGRAMS, 0);
            if (isKnown) declared(1, 1, contentOf(uint8(material), false, 1));
        }
    }

    function test_all_materials_in_one_lot() public {
        Content[] memory pairs = new Content[](246);
        uint256 next;
        for (uint256 material = 1; material < 256; ++material) {
            if (material >= 119 && material <= 127) continue;
            pairs[next] = Content(uint8(material), false, 1);
            ++next;
        }
        Lot[] memory stock = one(declared(1, 246, pairs));
        record(production(maker, plant, Process.REWEIGH, stock, yielding(goods(246, pairs))), stock);
    }

    function test_each_custody_model_and_process() public {
        for (uint8 i = CustodyModel.IDENTITY_PRESERVED; i <= CustodyModel.BOOK_AND_CLAIM; ++i) {
            Production memory statement = extraction(KG);
            statement.custodyModel = i;
            record(statement, none());
        }
        for (uint8 i = Process.CONCENTRATE; i < Process.RETIRE; ++i) {
            Lot[] memory ore = one(mined(KG));
            record(production(miner, mine, i, ore, yielding(goods(KG, primaryCobalt(KG)))), ore);
        }
    }

    function test_each_kind_and_country() public {
        for (uint8 i = FacilityKind.MINE; i <= FacilityKind.STORAGE; ++i) {
            FacilityRegistration memory statement = registration(maker, i);
            (statement.evidence, statement.country) = (serial(), i == FacilityKind.MINE ? 1 : 999);
            assertEq(ledger.facilityState(FacilityId.wrap(StatementId.unwrap(record(statement)))).kind, i);
        }
    }

    function test_each_mode() public {
        for (uint8 i = TransportMode.SEA; i <= TransportMode.NOT_APPLICABLE; ++i) {
            Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
            statement.mode = i;
            record(statement);
        }
    }

    function test_each_outcome() public {
        for (uint8 i = Outcome.CONFORMANT; i <= Outcome.ALERT; ++i) {
            Attestation memory statement = attestation(FacilityId.unwrap(mine));
            statement.outcome = i;
            record(statement);
        }
    }

    // ── Times ──

    function test_recallFrom_at_either_end() public {
        Dispatch memory sent = dispatch(one(mined(KG)), mine, refinery);
        (sent.recallFrom, sent.recordBy) = (0, NEVER);
        record(sent);
        record(receipt(miner, sent, false), sent);
        sent = dispatch(one(mined(2 * KG)), mine, refinery);
        sent.recallFrom = NEVER;
        record(sent);
        vm.warp(uint256(NEVER) - 1);
        bytes memory refusal =
            abi.encodeWithSelector(ILots.RecallTooEarly.selector, NEVER, uint256(NEVER) - 1);
        Receipt memory recall = receipt(miner, sent, false, NEVER);
        refuse(recall, sent, refusal);
    }

    /// @dev Without a date that would not fit.
    function receipt(address party, Dispatch memory sent, bool accepted, uint40 recordBy)
        private
        returns (Receipt memory statement)
    {
        uint40 time = timeNow();
        vm.warp(START);
        statement = receipt(party, sent, accepted);
        vm.warp(time);
        (statement.occurredAt, statement.recordBy) = (time, recordBy);
    }

    function test_latest_occurredAt_refused_OccurredInFuture() public {
        bytes memory refusal =
            abi.encodeWithSelector(IParties.OccurredInFuture.selector, START + 15 minutes, NEVER);
        Production memory dug = extraction(KG);
        record(dug, none());
        Correction memory undone = correction(dug);
        undone.occurredAt = NEVER;
        refuse(undone, dug, none(), refusal);
        dug.occurredAt = NEVER;
        refuse(dug, none(), refusal);
    }

    function test_earliest_occurredAt_refused_OccurredTooLongAgo() public {
        Production memory dug = extraction(KG);
        dug.occurredAt = 0;
        refuse(dug, none(), abi.encodeWithSelector(ILots.OccurredTooLongAgo.selector, START - 90 days, uint40(0)));
    }

    function test_attestation_for_all_time_is_revoked_from_the_start() public {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        (statement.validFrom, statement.validUntil, statement.recordBy) = (0, NEVER, NEVER);
        StatementId id = record(statement);
        Revocation memory revoked = revocation(auditor, statement);
        (revoked.effectiveAt, revoked.recordBy) = (0, NEVER);
        record(revoked, statement);
        assertEq(ledger.attestationState(id).endsAt, 0);
    }

    function test_delegation_without_an_end() public {
        Delegation memory statement = delegation(maker, stranger, 1);
        (statement.validUntil, statement.recordBy) = (NEVER, NEVER);
        record(statement);
        assertEq(ledger.delegationState(maker, stranger).validUntil, NEVER);
    }

    function test_most_readings() public {
        Observation memory statement = observation(maker, maker, 0);
        (statement.count, statement.from, statement.recordBy) = (type(uint32).max, 0, NEVER);
        record(statement);
        assertNotEq(StatementId.unwrap(ledger.tail(maker, maker, 0)), 0);
    }

    function test_quota_of_the_first_and_the_last_year() public {
        vm.startPrank(registrar);
        ledger.grantQuota(mine, COBALT, false, 0, 1, 0);
        ledger.grantQuota(mine, COBALT, false, type(uint16).max, 1, 0);
        vm.stopPrank();
        assertEq(ledger.quota(mine, COBALT, false, type(uint16).max).granted, 1);
    }
}
