// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scope} from "../../contracts/Codes.sol";
import {Dispatch, FacilityId, LotId, Observation, StatementId} from "../../contracts/Types.sol";
import {IKeys} from "../../contracts/interfaces/IKeys.sol";
import {IObservations} from "../../contracts/interfaces/IObservations.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Wallet} from "./Wallet.sol";

/// @notice Each device's log on a subject, read back from its tail; beside custody, never in its way.
contract ObservationsTest is Base {
    address private sensor = account("sensor");
    bytes32 private subject;

    function setUp() public override {
        super.setUp();
        record(delegation(refiner, sensor, Scope.OBSERVATION));
        subject = FacilityId.unwrap(mine);
    }

    function reading() private view returns (Observation memory) {
        return observation(refiner, sensor, subject);
    }

    function tailOf(address observer, address device) private view returns (bytes32) {
        return StatementId.unwrap(ledger.tail(observer, device, subject));
    }

    function assertTail(StatementId id) private view {
        assertEq(tailOf(refiner, sensor), StatementId.unwrap(id));
    }

    // ── Recorded ──

    function test_first_of_a_log_is_its_tail_and_joins_the_trail() public {
        Observation memory statement = reading();
        StatementId id = idOf(statement);
        bytes memory authority = signed(sensor, id);
        vm.expectEmit(address(ledger));
        emit IObservations.ObservationRecorded(id, statement, sensor, authority);
        ledger.recordObservation(statement, authority);
        assertTail(id);
        assertEq(ledger.trail(subject), keccak256(abi.encode(bytes32(0), id)));
    }

    function test_next_names_the_one_before_and_leaves_the_trail() public {
        record(reading());
        bytes32 trail = ledger.trail(subject);
        Observation memory next = reading();
        next.evidence = serial();
        assertTail(next.previous);
        assertTail(record(next));
        assertEq(ledger.trail(subject), trail);
    }

    function test_each_device_and_each_subject_has_a_log_of_its_own() public {
        StatementId first = record(reading());
        record(observation(refiner, refiner, subject));
        record(observation(refiner, sensor, FacilityId.unwrap(plant)));
        record(delegation(maker, sensor, Scope.OBSERVATION));
        record(observation(maker, sensor, subject));
        assertTail(first);
        assertNotEq(tailOf(refiner, refiner), tailOf(refiner, sensor));
        assertNotEq(tailOf(maker, sensor), tailOf(refiner, sensor));
    }

    function test_observers_own_key_needs_no_delegation() public {
        record(observation(maker, maker, subject));
        assertNotEq(tailOf(maker, maker), 0);
    }

    function test_inspection_has_evidence_alone() public {
        Observation memory statement = reading();
        (statement.root, statement.count, statement.evidence) = (0, 0, keccak256("findings"));
        assertTail(record(statement));
    }

    function test_instant_has_equal_ends_and_may_be_a_little_ahead() public {
        Observation memory statement = reading();
        (statement.from, statement.until) = (START + 15 minutes, START + 15 minutes);
        assertTail(record(statement));
    }

    function test_may_be_older_than_any_lot_event() public {
        Observation memory statement = reading();
        (statement.from, statement.until) = (0, START - 1_000 days);
        assertTail(record(statement));
    }

    function test_subject_may_come_later_or_never() public {
        subject = keccak256("not yet");
        assertTail(record(reading()));
    }

    function test_makes_nothing_stale() public {
        Dispatch memory sent = dispatch(one(mined(KG)), mine, refinery);
        subject = StatementId.unwrap(record(sent));
        record(reading());
        subject = LotId.unwrap(sent.lots[0].lot);
        record(reading());
        record(receipt(refiner, sent, true), sent);
        assertEq(ledger.lotState(sent.lots[0].lot).custodian, refiner);
    }

    function test_device_may_be_a_smart_account() public {
        address truck = address(new Wallet(stranger));
        record(delegation(refiner, truck, Scope.OBSERVATION));
        Observation memory statement = observation(refiner, truck, subject);
        StatementId id = ledger.recordObservation(statement, signed(stranger, idOf(statement)));
        assertEq(tailOf(refiner, truck), StatementId.unwrap(id));
    }

    // ── Form ──

    function test_refused_StatementEmpty() public {
        Observation memory statement = reading();
        (statement.root, statement.count) = (0, 0);
        refuse(statement, abi.encodeWithSelector(IParties.StatementEmpty.selector));
    }

    function test_refused_ReadingsMismatch_root_without_count() public {
        Observation memory statement = reading();
        statement.count = 0;
        bytes memory refusal =
            abi.encodeWithSelector(IObservations.ReadingsMismatch.selector, statement.root, uint32(0));
        refuse(statement, refusal);
    }

    function test_refused_ReadingsMismatch_count_without_root() public {
        Observation memory statement = reading();
        (statement.root, statement.evidence) = (0, keccak256("findings"));
        refuse(statement, abi.encodeWithSelector(IObservations.ReadingsMismatch.selector, bytes32(0), uint32(30)));
    }

    function test_refused_PeriodReversed() public {
        Observation memory statement = reading();
        statement.from = statement.until + 1;
        bytes memory refusal =
            abi.encodeWithSelector(IObservations.PeriodReversed.selector, statement.from, statement.until);
        refuse(statement, refusal);
    }

    // ── Order ──

    function test_refused_TailStale_first_named_where_there_is_one() public {
        StatementId present = record(reading());
        Observation memory statement = reading();
        statement.previous = StatementId.wrap(0);
        refuse(statement, abi.encodeWithSelector(IObservations.TailStale.selector, present, bytes32(0)));
    }

    function test_refused_TailStale_unknown_named_where_there_is_none() public {
        Observation memory statement = reading();
        statement.previous = StatementId.wrap(keccak256("earlier"));
        bytes memory refusal =
            abi.encodeWithSelector(IObservations.TailStale.selector, bytes32(0), statement.previous);
        refuse(statement, refusal);
    }

    function test_recorded_again_refused_TailStale() public {
        Observation memory statement = reading();
        StatementId id = record(statement);
        refuse(statement, abi.encodeWithSelector(IObservations.TailStale.selector, id, bytes32(0)));
    }

    function test_two_drafts_of_the_next_the_second_refused_TailStale() public {
        StatementId first = record(reading());
        Observation memory one = reading();
        Observation memory other = reading();
        other.evidence = serial();
        StatementId second = record(one);
        refuse(other, abi.encodeWithSelector(IObservations.TailStale.selector, second, first));
    }

    // ── Authority and time ──

    function test_refused_PartyUnknown() public {
        Observation memory statement = observation(stranger, stranger, subject);
        refuse(statement, abi.encodeWithSelector(IParties.PartyUnknown.selector, stranger));
    }

    function test_refused_PartyIsSuspended() public {
        suspend(refiner);
        refuse(reading(), abi.encodeWithSelector(IParties.PartyIsSuspended.selector, refiner));
    }

    function test_refused_DelegationEnded_never_delegated() public {
        Observation memory statement = observation(maker, sensor, subject);
        refuse(statement, abi.encodeWithSelector(IKeys.DelegationEnded.selector, maker, sensor, uint40(0)));
    }

    function test_refused_DelegationEnded_at_validUntil() public {
        uint40 end = START + 30 days;
        vm.warp(end - 1);
        record(reading());
        vm.warp(end);
        refuse(reading(), abi.encodeWithSelector(IKeys.DelegationEnded.selector, refiner, sensor, end));
    }

    function test_refused_DelegationOutOfScope() public {
        uint16 scope = Scope.ALL ^ Scope.OBSERVATION;
        record(delegation(maker, sensor, scope));
        bytes memory refusal = abi.encodeWithSelector(
            IKeys.DelegationOutOfScope.selector, maker, sensor, scope, Scope.OBSERVATION
        );
        refuse(observation(maker, sensor, subject), refusal);
    }

    function test_refused_DelegationEnded_key_that_was_replaced() public {
        record(replacement(maker, stranger));
        bytes memory refusal = abi.encodeWithSelector(IKeys.DelegationEnded.selector, maker, maker, uint40(0));
        refuse(observation(maker, maker, subject), refusal);
        record(observation(maker, stranger, subject));
    }

    function test_refused_SignatureInvalid_signed_by_the_observer_for_its_device() public {
        Observation memory statement = reading();
        bytes memory authority = signed(refiner, idOf(statement));
        bytes memory refusal = abi.encodeWithSelector(IParties.SignatureInvalid.selector, sensor, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordObservation(statement, authority);
    }

    function test_refused_StatementExpired() public {
        Observation memory statement = reading();
        vm.warp(uint256(statement.recordBy) + 1);
        bytes memory refusal = abi.encodeWithSelector(
            IParties.StatementExpired.selector, statement.recordBy, uint256(statement.recordBy) + 1
        );
        refuse(statement, refusal);
    }

    function test_refused_OccurredInFuture() public {
        Observation memory statement = reading();
        statement.until = START + 15 minutes + 1;
        bytes memory refusal =
            abi.encodeWithSelector(IParties.OccurredInFuture.selector, START + 15 minutes, statement.until);
        refuse(statement, refusal);
    }
}
