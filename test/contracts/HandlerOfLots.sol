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
    LotStatus,
    LotTrace,
    Output,
    Production,
    Quota,
    Receipt,
    Received,
    StatementId
} from "../../contracts/Types.sol";
import {FoldParties} from "./FoldParties.sol";
import {Vm} from "./Vm.sol";

/// @notice Random turns of the story with lots. Before each, the books say whether the ledger must record or refuse it.
abstract contract HandlerOfLots is FoldParties {
    /// @dev Enough to meet one another; so that a check of all of them stays short.
    uint256 private constant MAX_LOTS = 60;
    /// @dev Where the recycler stands among the traders.
    uint256 private constant RECYCLER = 3;

    address[4] internal traders;
    FacilityId[4] internal sites;
    bytes[] private _recorded;
    bytes[] private _sent;

    function setUp() public virtual override {
        vm.recordLogs();
        super.setUp();
        // The constructor's events come first: two roles, each with its admin.
        fold(vm.getRecordedLogs(), 4);
        traders = [miner, refiner, maker, recycler];
        sites = [mine, refinery, plant, recyclingPlant];
    }

    /// @dev I9, I13: a call that takes effect emits one event, and never takes effect again.
    function attempt(bytes memory call, bool expected) internal {
        vm.recordLogs();
        (bool done,) = address(ledger).call(call);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assertEq(done, expected, "recorded");
        assertEq(logs.length, done ? 1 : 0, "events");
        if (!done) return;
        fold(logs, 0);
        _recorded.push(call);
    }

    function attemptAs(address sender, bytes memory call, bool expected) internal {
        vm.recordLogs();
        vm.prank(sender);
        (bool done,) = address(ledger).call(call);
        assertEq(done, expected, "done");
        fold(vm.getRecordedLogs(), 0);
    }

    // ── Productions ──

    function originate(uint256 seed) external {
        if (lotIds.length >= MAX_LOTS) return;
        uint64 cobalt = uint64(bound(seed >> 8, 1, 60 * KG));
        uint8 process = [Process.EXTRACT, Process.COLLECT, Process.DECLARE][seed % 3];
        uint256 who = process == Process.EXTRACT ? 0 : process == Process.COLLECT ? 3 : (seed >> 4) % 4;
        Content[] memory pairs = contentOf(COBALT, process == Process.COLLECT, cobalt);
        Output[] memory made = yielding(goods(2 * cobalt, pairs), goods(KG, new Content[](0)));
        Production memory statement = production(traders[who], sites[who], process, none(), made);
        Quota memory left = ledger.quota(sites[who], COBALT, process == Process.COLLECT, YEAR);
        bool isWithin = process == Process.DECLARE || left.used + cobalt <= left.granted;
        attemptProduction(statement, new Birth[](0), isWithin);
    }

    /// @dev Retired, split, or recycled with what conversion the seed says.
    function transform(uint256 seed, uint256 which) external {
        if (lotIds.length >= MAX_LOTS) return;
        (LotHead[] memory inputs, Birth[] memory births) = inputsOf(seed);
        if (inputs.length == 0) return;
        uint256 who = traderAt(lots[inputs[0].lot].state.custodian);
        uint8 process = [Process.RETIRE, who == RECYCLER ? Process.RECYCLE : Process.SPLIT, Process.SPLIT][which % 3];
        Production memory statement = production(traders[who], sites[who], process, none(), new Output[](0));
        statement.inputs = inputs;
        uint256 converted;
        if (process != Process.RETIRE) {
            uint256[PAIRS] memory sums;
            for (uint256 i; i < births.length; ++i) addTo(sums, births[i].output.content);
            uint256 fresh = sums[COBALT * 2];
            if (process == Process.RECYCLE) converted = bound(which >> 8, 0, fresh);
            statement.outputs = outputsOf(fresh - converted, sums[COBALT * 2 + 1] + converted);
        }
        Quota memory left = ledger.quota(sites[who], COBALT, true, YEAR);
        attemptProduction(statement, births, converted == 0 || left.used + converted <= left.granted);
    }

    /// @dev One lot, or two of one holder.
    function inputsOf(uint256 seed) private view returns (LotHead[] memory inputs, Birth[] memory births) {
        (bool found, LotId first) = pick(seed, LotStatus.Held);
        if (!found) return (inputs, births);
        (, LotId second) = pick(seed >> 64, LotStatus.Held);
        bool isPair = lots[second].state.custodian == lots[first].state.custodian
            && LotId.unwrap(first) != LotId.unwrap(second);
        (inputs, births) = (new LotHead[](isPair ? 2 : 1), new Birth[](isPair ? 2 : 1));
        (inputs[0], births[0]) = (LotHead(first, lots[first].head), birthOf(first));
        if (isPair) (inputs[1], births[1]) = (LotHead(second, lots[second].head), birthOf(second));
    }

    function outputsOf(uint256 fresh, uint256 again) private pure returns (Output[] memory) {
        Content[] memory pairs = new Content[]((fresh > 0 ? 1 : 0) + (again > 0 ? 1 : 0));
        if (fresh > 0) pairs[0] = Content(COBALT, false, uint64(fresh));
        if (again > 0) pairs[pairs.length - 1] = Content(COBALT, true, uint64(again));
        return yielding(goods(uint64(fresh + again) + 1, pairs), goods(1, new Content[](0)));
    }

    function attemptProduction(Production memory statement, Birth[] memory births, bool expected) private {
        (statement.evidence, statement.recordBy) = (serial(), type(uint40).max);
        bytes memory authority = signed(statement.custodian, idOf(statement));
        attempt(abi.encodeCall(ledger.recordProduction, (statement, births, authority)), expected);
    }

    function correct(uint256 seed) external {
        if (productionIds.length == 0) return;
        StatementId id = productionIds[seed % productionIds.length];
        Production memory corrected = productionOf(id);
        bool expected = !isCorrected[id];
        for (uint256 i; i < corrected.outputs.length; ++i) {
            LotId lot = hasher.lotId(id, i, corrected.outputs[i]);
            bool isHeld = lots[lot].state.status == LotStatus.Held;
            if (!isHeld || lots[lot].state.trace == LotTrace.Dispatched) expected = false;
        }
        Birth[] memory births = new Birth[](corrected.inputs.length);
        for (uint256 i; i < births.length; ++i) births[i] = birthOf(corrected.inputs[i].lot);
        Correction memory statement =
            Correction(corrected.custodian, id, timeNow(), serial(), type(uint40).max);
        bytes memory authority = signed(statement.author, idOf(statement));
        attempt(abi.encodeCall(ledger.recordCorrection, (statement, corrected, births, authority)), expected);
    }

    // ── Custody ──

    /// @dev By its holder, or by another, who may not.
    function ship(uint256 seed, uint256 to) external {
        (bool found, LotId lot) = pick(seed, (seed >> 32) % 5 == 0 ? LotStatus.Spent : LotStatus.Held);
        if (!found) return;
        bool isThief = (seed >> 64) % 5 == 0;
        uint256 who = isThief ? (seed >> 96) % 4 : traderAt(lots[lot].state.custodian);
        Dispatch memory statement = dispatch(none(), sites[who], sites[to % 4]);
        statement.lots = new LotHead[](1);
        statement.lots[0] = LotHead(lot, lots[lot].head);
        uint40 time = timeNow() - uint40((seed >> 128) % 3) * 1 hours;
        (statement.occurredAt, statement.recallFrom) = (time, timeNow() + 1 hours);
        (statement.evidence, statement.recordBy) = (serial(), type(uint40).max);
        bool expected = lots[lot].state.status == LotStatus.Held && lots[lot].state.custodian == traders[who]
            && lots[lot].state.occurredAt <= time;
        bytes memory authority = signed(statement.consignor, idOf(statement));
        attempt(abi.encodeCall(ledger.recordDispatch, (statement, authority)), expected);
        if (expected) _sent.push(abi.encode(statement));
    }

    /// @dev Accepted or refused by the consignee, or recalled; or received by somebody else, who may not.
    function take(uint256 seed, uint256 who) external {
        if (_sent.length == 0) return;
        // One of the last few: those before are over, mostly.
        uint256 back = seed % (_sent.length < 4 ? _sent.length : 4);
        Dispatch memory sent = abi.decode(_sent[_sent.length - 1 - back], (Dispatch));
        LotId lot = sent.lots[0].lot;
        Received[] memory received = new Received[](1);
        received[0] = Received(lot, uint64(seed >> 200));
        address[3] memory takers = [sent.consignee, sent.consignor, traders[(who >> 8) % 4]];
        Receipt memory statement = Receipt(
            takers[who % 3], idOf(sent), received, (who >> 16) % 2 == 0, timeNow(), serial(), type(uint40).max
        );
        bool isRecall =
            statement.party == sent.consignor && !statement.accepted && timeNow() >= sent.recallFrom;
        bool expected = lots[lot].head == StatementId.unwrap(statement.dispatch)
            && (statement.party == sent.consignee || isRecall);
        bytes memory authority = signed(statement.party, idOf(statement));
        attempt(abi.encodeCall(ledger.recordReceipt, (statement, sent, authority)), expected);
    }

    // ── Again, and later ──

    /// @dev I9: whatever was recorded is refused ever after.
    function replay(uint256 seed) external {
        if (_recorded.length > 0) attempt(_recorded[seed % _recorded.length], false);
    }

    function wait(uint256 seed) external {
        vm.warp(timeNow() + bound(seed, 1, 6 hours));
    }

    // ── Choice ──

    function pick(uint256 seed, LotStatus status) internal view returns (bool found, LotId lot) {
        for (uint256 i; i < lotIds.length && !found; ++i) {
            lot = lotIds[addmod(seed, i, lotIds.length)];
            found = lots[lot].state.status == status;
        }
    }

    function traderAt(address party) internal view returns (uint256 who) {
        while (traders[who] != party) ++who;
    }
}
