// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process} from "../../contracts/Codes.sol";
import {
    Dispatch,
    FacilityId,
    LotId,
    LotState,
    LotStatus,
    Output,
    Production,
    StatementId
} from "../../contracts/Types.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";
import {Wallet} from "./Wallet.sol";

/// @notice From mine to product, and round again.
contract StoryTest is Base {
    function test_mine_to_product() public {
        Lot memory ore = mined(100 * KG);
        moved(ore, mine, refinery);
        Production memory refined = production(
            refiner, refinery, Process.REFINE, one(ore), yielding(goods(150 * KG, primaryCobalt(95 * KG)))
        );
        Lot memory sulphate = bornOf(refined, record(refined, one(ore)), 0);
        moved(sulphate, refinery, plant);
        Production memory made = production(
            maker, plant, Process.MANUFACTURE, one(sulphate), yielding(goods(900 * KG, primaryCobalt(95 * KG)))
        );
        Lot memory cells = bornOf(made, record(made, one(sulphate)), 0);
        assertState(ore, refiner, LotStatus.Spent);
        assertState(sulphate, maker, LotStatus.Spent);
        assertState(cells, maker, LotStatus.Held);
        assertEq(ledger.head(cells.id), LotId.unwrap(cells.id));
        assertEq(ledger.quota(mine, COBALT, false, YEAR).used, 100 * KG);
    }

    /// @dev Scrap goes back to the recycler, comes out as recycled cobalt, and half of it is accepted by the maker.
    function test_scrap_to_recycled_product() public {
        Production memory collected = production(
            recycler, recyclingPlant, Process.COLLECT, none(), yielding(goods(500 * KG, recycledCobalt(40 * KG)))
        );
        Lot memory scrap = bornOf(collected, record(collected, none()), 0);
        Output memory half = goods(60 * KG, recycledCobalt(19 * KG));
        Production memory recycled = production(
            recycler, recyclingPlant, Process.RECYCLE, one(scrap), yielding(half, half)
        );
        StatementId id = record(recycled, one(scrap));
        (Lot memory first, Lot memory second) = (bornOf(recycled, id, 0), bornOf(recycled, id, 1));
        moved(first, recyclingPlant, plant);
        Dispatch memory returned = dispatch(one(second), recyclingPlant, plant);
        record(returned);
        record(receipt(maker, returned, false), returned);
        assertState(first, maker, LotStatus.Held);
        assertState(second, recycler, LotStatus.Held);
        assertEq(ledger.quota(recyclingPlant, COBALT, true, YEAR).used, 40 * KG);
    }

    /// @dev A refinery's rolling stock: deliveries join it, products and the new stock leave it.
    function test_rolling_stock() public {
        Lot memory stock = mined(50 * KG);
        moved(stock, mine, refinery);
        Lot memory delivery = mined(30 * KG);
        moved(delivery, mine, refinery);
        Output[] memory made =
            yielding(goods(70 * KG, primaryCobalt(45 * KG)), goods(40 * KG, primaryCobalt(34 * KG)));
        Production memory run = production(refiner, refinery, Process.REFINE, two(stock, delivery), made);
        StatementId id = record(run, two(stock, delivery));
        assertState(bornOf(run, id, 0), refiner, LotStatus.Held);
        assertState(bornOf(run, id, 1), refiner, LotStatus.Held);
        assertState(stock, refiner, LotStatus.Spent);
    }

    /// @dev A lot that a smart account holds, from its birth to its dispatch.
    function test_smart_account_mines_and_sells() public {
        address cooperative = address(new Wallet(stranger));
        keyOf[cooperative] = keyOf[stranger];
        admit(cooperative);
        FacilityId pit = registered(cooperative, FacilityKind.ARTISANAL_MINE);
        grant(pit, COBALT, false, KG);
        Production memory dug = production(
            cooperative, pit, Process.EXTRACT, none(), yielding(goods(10 * KG, primaryCobalt(KG)))
        );
        Lot memory bag = bornOf(dug, record(dug, none()), 0);
        moved(bag, pit, refinery);
        assertState(bag, refiner, LotStatus.Held);
    }

    function assertState(Lot memory lot, address custodian, LotStatus status) internal view {
        LotState memory state = ledger.lotState(lot.id);
        assertEq(state.custodian, custodian);
        assertEq(uint256(state.status), uint256(status));
    }
}
