// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {
    Birth,
    Content,
    Dispatch,
    LotId,
    LotState,
    LotStatus,
    Output,
    Production,
    Receipt,
    StatementId
} from "../../contracts/Types.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice What a production may spend: lots that its custodian holds, at their heads, with their births, in time.
contract InputsTest is Base {
    function blend(Lot[] memory inputs) private view returns (Production memory) {
        return production(miner, mine, Process.BLEND, inputs, yielding(goods(KG, primaryCobalt(KG))));
    }

    function nowhere() private pure returns (Lot memory lot) {
        lot.id = LotId.wrap(keccak256("no lot"));
        lot.birth.output.content = new Content[](0);
    }

    function test_spends_its_inputs_and_bears_its_outputs() public {
        Lot[] memory ores = two(mined(KG), mined(2 * KG));
        Output[] memory made = yielding(goods(2 * KG, primaryCobalt(KG)), goods(4 * KG, primaryCobalt(2 * KG)));
        Production memory statement = production(miner, mine, Process.BLEND, ores, made);
        statement.occurredAt = START + 1 minutes;
        StatementId id = idOf(statement);
        bytes memory authority = signed(miner, id);
        vm.expectEmit(address(ledger));
        emit ILots.ProductionRecorded(id, statement, miner, authority);
        ledger.recordProduction(statement, birthsOf(ores), authority);
        for (uint256 i; i < 2; ++i) {
            LotState memory spent = ledger.lotState(ores[i].id);
            assertEq(uint256(spent.status), uint256(LotStatus.Spent));
            assertEq(spent.occurredAt, START + 1 minutes);
            LotState memory born = ledger.lotState(bornOf(statement, id, i).id);
            assertEq(uint256(born.status), uint256(LotStatus.Held));
            assertEq(born.custodian, miner);
            assertEq(born.occurredAt, START + 1 minutes);
            assertEq(born.recordedAt, START);
        }
    }

    function test_retires() public {
        Lot[] memory ore = one(mined(KG));
        record(production(miner, mine, Process.RETIRE, ore, new Output[](0)), ore);
        assertEq(uint256(ledger.lotState(ore[0].id).status), uint256(LotStatus.Spent));
    }

    function test_retired_refused_StatementAlreadyRecorded() public {
        Lot[] memory ore = one(mined(KG));
        Production memory statement = production(miner, mine, Process.RETIRE, ore, new Output[](0));
        record(statement, ore);
        bytes memory refusal = abi.encodeWithSelector(IParties.StatementAlreadyRecorded.selector, idOf(statement));
        refuse(statement, ore, refusal);
        statement.evidence = keccak256("again");
        refuse(statement, ore, abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
    }

    function test_refused_LotUnknown() public {
        Lot[] memory inputs = one(nowhere());
        refuse(blend(inputs), inputs, abi.encodeWithSelector(ILots.LotUnknown.selector, inputs[0].id));
    }

    function test_refused_LotIsSpent() public {
        Lot[] memory ore = one(mined(KG));
        record(blend(ore), ore);
        Production memory again = blend(ore);
        again.evidence = keccak256("again");
        refuse(again, ore, abi.encodeWithSelector(ILots.LotIsSpent.selector, ore[0].id));
    }

    function test_refused_LotIsInTransit() public {
        Lot[] memory ore = one(mined(KG));
        record(dispatch(ore, mine, refinery));
        refuse(blend(ore), ore, abi.encodeWithSelector(ILots.LotIsInTransit.selector, ore[0].id));
    }

    function test_refused_LotNotHeldBy() public {
        Lot[] memory ore = one(mined(KG));
        moved(ore[0], mine, refinery);
        bytes memory refusal = abi.encodeWithSelector(ILots.LotNotHeldBy.selector, ore[0].id, refiner, miner);
        refuse(blend(ore), ore, refusal);
    }

    function test_refused_HeadStale() public {
        Lot[] memory ore = one(mined(KG));
        Production memory statement = blend(ore);
        Dispatch memory tried = dispatch(ore, mine, refinery);
        record(tried);
        Receipt memory refused = receipt(refiner, tried, false);
        StatementId head = record(refused, tried);
        bytes memory refusal = abi.encodeWithSelector(
            ILots.HeadStale.selector, ore[0].id, StatementId.unwrap(head), LotId.unwrap(ore[0].id)
        );
        refuse(statement, ore, refusal);
    }

    function test_refused_LotListedTwice() public {
        Lot memory ore = mined(KG);
        Lot[] memory inputs = two(ore, ore);
        refuse(blend(inputs), inputs, abi.encodeWithSelector(ILots.LotListedTwice.selector, ore.id));
    }

    function test_refused_BirthsMissing_none() public {
        Production memory statement = blend(one(mined(KG)));
        refuse(statement, none(), abi.encodeWithSelector(ILots.BirthsMissing.selector, 1, 0));
    }

    function test_refused_BirthsMissing_one_too_many() public {
        Lot memory ore = mined(KG);
        refuse(blend(one(ore)), two(ore, ore), abi.encodeWithSelector(ILots.BirthsMissing.selector, 1, 2));
    }

    function test_refused_BirthMismatch_other_lot() public {
        Lot memory ore = mined(KG);
        Lot memory other = mined(2 * KG);
        bytes memory refusal = abi.encodeWithSelector(ILots.BirthMismatch.selector, ore.id, other.id);
        refuse(blend(one(ore)), one(other), refusal);
    }

    function test_refused_BirthMismatch_more_content() public {
        Lot memory ore = mined(KG);
        Lot memory richer = mined(KG);
        richer.birth = Birth(ore.birth.production, ore.birth.index, goods(4 * KG, primaryCobalt(2 * KG)));
        LotId got = hasher.lotId(richer.birth.production, richer.birth.index, richer.birth.output);
        bytes memory refusal = abi.encodeWithSelector(ILots.BirthMismatch.selector, ore.id, got);
        refuse(blend(one(ore)), one(richer), refusal);
    }

    function test_refused_BirthMismatch_other_index() public {
        Lot memory ore = mined(KG);
        Production memory statement = blend(one(ore));
        ore.birth.index = 1;
        LotId got = hasher.lotId(ore.birth.production, 1, ore.birth.output);
        bytes memory refusal = abi.encodeWithSelector(ILots.BirthMismatch.selector, ore.id, got);
        refuse(statement, one(ore), refusal);
    }

    function test_refused_OccurredBeforeLot() public {
        Lot[] memory ore = one(mined(KG));
        Production memory statement = blend(ore);
        statement.occurredAt = START - 1;
        bytes memory refusal = abi.encodeWithSelector(ILots.OccurredBeforeLot.selector, ore[0].id, START, START - 1);
        refuse(statement, ore, refusal);
    }
}
