// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Process} from "../../contracts/Codes.sol";
import {Correction, Dispatch, LotId, Output, Production, Receipt, StatementId} from "../../contracts/Types.sol";
import {Base} from "./Base.sol";
import {Lot} from "./Scribe.sol";

/// @notice What a transaction of the documented size costs, calldata included. What it spends or moves was stored by a
/// transaction before it, `setUp`, so that its storage is cold.
abstract contract GasBase is Base {
    /// @dev EIP-7825: the most that one transaction may use.
    uint256 internal constant MAX_GAS = 2 ** 24;
    uint256 internal constant MAX_REGISTERED = 400;
    uint256 internal constant MAX_DISPATCHED = 500;
    /// @dev A receipt has at most its dispatch's.
    uint256 internal constant MAX_RECEIVED = MAX_DISPATCHED;
    uint256 internal constant MAX_INPUTS = 900;
    uint256 internal constant MAX_CORRECTED = 400;

    function assertFits(bytes memory data, uint256 lots, uint256 gasPerLot) internal {
        address target = address(ledger);
        bool done;
        uint256 before = gasleft();
        // In assembly, so that the caller's own copying of the data is not measured.
        assembly ("memory-safe") {
            done := call(gas(), target, 0, add(data, 32), mload(data), 0, 0)
        }
        uint256 used = before - gasleft();
        used += 21_000 + calldataGas(data);
        assertTrue(done, "refused");
        assertLt(used, MAX_GAS);
        assertLt(used / lots, gasPerLot);
    }

    function calldataGas(bytes memory data) private pure returns (uint256 used) {
        for (uint256 i; i < data.length; ++i) used += data[i] == 0 ? 4 : 16;
    }

    /// @dev Lots of one kilogram of cobalt each.
    function extractionOf(uint256 number) internal view returns (Production memory) {
        Output[] memory made = new Output[](number);
        for (uint256 i; i < number; ++i) made[i] = goods(10 * KG, primaryCobalt(KG));
        return production(miner, mine, Process.EXTRACT, none(), made);
    }

    function lotsOf(Production memory statement) internal view returns (Lot[] memory lots) {
        StatementId id = idOf(statement);
        lots = new Lot[](statement.outputs.length);
        for (uint256 i; i < lots.length; ++i) lots[i] = bornOf(statement, id, i);
    }

    function encoded(Production memory statement, Lot[] memory inputs) internal view returns (bytes memory) {
        bytes memory authority = signed(statement.custodian, idOf(statement));
        return abi.encodeCall(ledger.recordProduction, (statement, birthsOf(inputs), authority));
    }
}

contract GasOfRegisteringTest is GasBase {
    function test_register_most_lots() public {
        assertFits(encoded(extractionOf(MAX_REGISTERED), none()), MAX_REGISTERED, 40_000);
    }

    function test_register_100_lots() public {
        assertFits(encoded(extractionOf(100), none()), 100, 38_000);
    }

    function test_code_leaves_room() public view {
        assertLt(address(ledger).code.length, 22_000);
    }
}

contract GasOfDispatchingTest is GasBase {
    function setUp() public override {
        super.setUp();
        record(extractionOf(MAX_DISPATCHED), none());
    }

    function test_dispatch_most_lots() public {
        Dispatch memory statement = dispatch(lotsOf(extractionOf(MAX_DISPATCHED)), mine, refinery);
        bytes memory authority = signed(miner, idOf(statement));
        assertFits(abi.encodeCall(ledger.recordDispatch, (statement, authority)), MAX_DISPATCHED, 31_000);
    }
}

contract GasOfSpendingTest is GasBase {
    function setUp() public override {
        super.setUp();
        record(extractionOf(MAX_INPUTS), none());
    }

    function test_spend_most_lots() public {
        Lot[] memory lots = lotsOf(extractionOf(MAX_INPUTS));
        Output memory blended = goods(uint64(MAX_INPUTS) * 10 * KG, primaryCobalt(uint64(MAX_INPUTS) * KG));
        Production memory statement = production(miner, mine, Process.BLEND, lots, yielding(blended));
        assertFits(encoded(statement, lots), MAX_INPUTS, 18_000);
    }
}

contract GasOfCorrectingTest is GasBase {
    function setUp() public override {
        super.setUp();
        Production memory extracted = extractionOf(MAX_CORRECTED);
        record(extracted, none());
        Lot[] memory lots = lotsOf(extracted);
        Output memory blended = goods(uint64(MAX_CORRECTED) * 10 * KG, primaryCobalt(uint64(MAX_CORRECTED) * KG));
        record(production(miner, mine, Process.BLEND, lots, yielding(blended)), lots);
    }

    function test_correct_a_production_with_most_inputs() public {
        Lot[] memory lots = lotsOf(extractionOf(MAX_CORRECTED));
        Output memory blended = goods(uint64(MAX_CORRECTED) * 10 * KG, primaryCobalt(uint64(MAX_CORRECTED) * KG));
        Production memory corrected = production(miner, mine, Process.BLEND, lots, yielding(blended));
        Correction memory statement = correction(corrected);
        bytes memory authority = signed(miner, idOf(statement));
        bytes memory data =
            abi.encodeCall(ledger.recordCorrection, (statement, corrected, birthsOf(lots), authority));
        assertFits(data, MAX_CORRECTED, 36_000);
    }
}

contract GasOfReceivingTest is GasBase {
    function setUp() public override {
        super.setUp();
        record(extractionOf(MAX_RECEIVED), none());
        record(dispatch(lotsOf(extractionOf(MAX_RECEIVED)), mine, refinery));
    }

    function test_receive_most_lots() public {
        Dispatch memory dispatched = dispatch(lotsOf(extractionOf(MAX_RECEIVED)), mine, refinery);
        for (uint256 i; i < MAX_RECEIVED; ++i) dispatched.lots[i].head = LotId.unwrap(dispatched.lots[i].lot);
        Receipt memory statement = receipt(refiner, dispatched, true);
        bytes memory authority = signed(refiner, idOf(statement));
        assertFits(
            abi.encodeCall(ledger.recordReceipt, (statement, dispatched, authority)), MAX_RECEIVED, 16_500
        );
    }
}
