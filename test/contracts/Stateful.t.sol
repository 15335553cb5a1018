// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Handler} from "./Handler.sol";

/// @notice The invariants of contracts/README.md after any sequence of turns. In each turn, the handler's books say whether
/// the ledger must record or refuse (I3, I4, I6, I7, I8, I9 and I13 are looked at there, event by event).
/// I1 Conservation: what exists plus what was spent never exceeds what originated. I2 Recycled mass grows only at recyclers
/// and by collection, within total and quota. I3 Born once. I4 Spent once while its production stands. I5 One custodian and
/// status. I6 Heads form a chain with no fork. I7 Time never runs back. I8 Authority. I9 Once. I10 Ends only move earlier.
/// I11 Nothing is forgotten. I12 Corrections restore. I13 One event for each change; folding them gives the state. I14 Trails
/// and tails re-compute. I15 Batches isolate (AttacksGas.t.sol, Batches.t.sol).
contract StatefulTest is Handler {
    bytes4[] private _turns;

    function setUp() public override {
        super.setUp();
        targetContract(address(this));
        // A turn is as likely as it is often named.
        _name(this.originate.selector, 3);
        _name(this.transform.selector, 4);
        _name(this.correct.selector, 3);
        _name(this.ship.selector, 4);
        _name(this.take.selector, 5);
        _name(this.attest.selector, 3);
        _name(this.observe.selector, 3);
        _name(this.delegate.selector, 2);
        _name(this.revoke.selector, 1);
        _name(this.replay.selector, 1);
        _name(this.wait.selector, 1);
        _name(this.register.selector, 1);
        _name(this.replaceKey.selector, 1);
        _name(this.proposeKey.selector, 1);
        _name(this.object.selector, 1);
        _name(this.completeKey.selector, 1);
        _name(this.suspendForAMoment.selector, 1);
        _name(this.grantMore.selector, 1);
        _name(this.usurp.selector, 1);
        _name(this.withdrawForAMoment.selector, 1);
        targetSelector(address(this), _turns);
    }

    function _name(bytes4 turn, uint256 times) private {
        for (uint256 i; i < times; ++i) _turns.push(turn);
    }

    /// hardhat-config: invariant.runs = 3
    /// hardhat-config: invariant.depth = 300
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_I1_I2_what_exists_and_what_is_gone_is_what_originated() public view {
        uint256[PAIRS] memory exists = existing();
        for (uint256 pair; pair < PAIRS; ++pair) {
            assertEq(exists[pair] + gone[pair], originated[pair], "of the pair");
        }
        for (uint256 i; i < 256; ++i) assertLe(exists[2 * i] + exists[2 * i + 1], mass[i], "of the material");
        uint256 used = ledger.quota(recyclingPlant, COBALT, true, YEAR).used;
        assertEq(originated[uint256(COBALT) * 2 + 1], used, "recycled, at the recycler alone");
        assertQuotas();
    }

    /// hardhat-config: invariant.runs = 3
    /// hardhat-config: invariant.depth = 300
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_I3_I4_I5_I6_I7_I12_each_lot_is_what_its_events_say() public view {
        assertLots();
    }

    /// hardhat-config: invariant.runs = 3
    /// hardhat-config: invariant.depth = 300
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_I10_I14_what_was_said_stands() public view {
        assertAttestations();
        assertTrails();
    }

    /// hardhat-config: invariant.runs = 3
    /// hardhat-config: invariant.depth = 300
    /// hardhat-config: invariant.failOnRevert = true
    function invariant_I8_I9_I11_I13_folding_the_events_gives_the_state() public view {
        assertLots();
        assertQuotas();
        assertParties();
        assertAttestations();
        assertTrails();
    }
}
