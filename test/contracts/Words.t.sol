// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Dispatch, FacilityId, FacilityRegistration, LotHead, LotId, StatementId} from "../../contracts/Types.sol";
import {IFacilities} from "../../contracts/interfaces/IFacilities.sol";
import {ILots} from "../../contracts/interfaces/ILots.sol";
import {Calldata, Sizes} from "../../contracts/libraries/Calldata.sol";
import {Words} from "../../contracts/libraries/Words.sol";
import {Test} from "./Test.sol";

/// @notice Emits as the ledger does, from memory that others have written to, and looks at what is left of theirs.
contract Scribbler {
    bytes32 private constant KEPT = keccak256("kept");

    modifier onUsedMemory() {
        bytes memory kept = abi.encode(KEPT);
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
            for { let at := 0 } lt(at, 2048) { at := add(at, 32) } { mstore(add(free, at), not(0)) }
        }
        _;
        uint256 freeAfter;
        assembly ("memory-safe") {
            freeAfter := mload(0x40)
        }
        require(freeAfter == free && bytes32(kept) == KEPT, "memory of others was written to");
    }

    /// @dev Memory costs the square of its size: what is written far behind what is used would cost more than a block has.
    modifier onMuchUsedMemory() {
        bytes memory used = new bytes(65_536);
        _;
        require(used.length == 65_536, "memory of others was written to");
    }

    function log(StatementId id, FacilityRegistration calldata statement, address signer, bytes calldata signature)
        external
        onUsedMemory
    {
        bytes32 topic = IFacilities.FacilityRegistrationRecorded.selector;
        uint256 start = Calldata.startOf(statement);
        Words.log(topic, id, start, Sizes.FACILITY_REGISTRATION, signer, signature);
    }

    function hash(bytes32 first, bytes32 second, bytes32 third) external pure onMuchUsedMemory returns (bytes32) {
        return Words.hash(first, second, third);
    }

    function hash(bytes32 typeHash, bytes calldata struct_) external pure onMuchUsedMemory returns (bytes32) {
        return Words.hash(typeHash, _startOf(struct_), struct_.length);
    }

    function hash(bytes32 typeHash, bytes calldata struct_, bytes32 third) external pure onMuchUsedMemory returns (bytes32) {
        return Words.hash(typeHash, _startOf(struct_), struct_.length, 2, third);
    }

    function hash(bytes32 typeHash, bytes calldata struct_, bytes32 third, bytes32 fourth)
        external
        pure
        onMuchUsedMemory
        returns (bytes32)
    {
        return Words.hash(typeHash, _startOf(struct_), struct_.length, 2, third, fourth);
    }

    function _startOf(bytes calldata struct_) private pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := struct_.offset
        }
    }

    function logDynamic(StatementId id, Dispatch calldata statement, address signer, bytes calldata signature)
        external
        onUsedMemory
    {
        bytes32 topic = ILots.DispatchRecorded.selector;
        uint256 start = Calldata.startOf(statement);
        Words.logDynamic(topic, id, start, Calldata.lengthOf(statement), signer, signature);
    }
}

/// @notice The events that are copied from calldata are those that Solidity would encode, whatever was in memory before.
contract WordsTest is Test {
    StatementId private constant ID = StatementId.wrap(keccak256("id"));
    address private constant SIGNER = address(0xABCD);
    uint256 private constant LONGEST = 130;

    Scribbler private scribbler;

    function setUp() public {
        scribbler = new Scribbler();
    }

    function signature(uint256 length) private pure returns (bytes memory made) {
        made = new bytes(length);
        for (uint256 i; i < length; ++i) made[i] = bytes1(uint8(i + 1));
    }

    function test_hashes_are_those_of_the_same_words_in_memory() public {
        bytes32[4] memory words =
            [keccak256("first"), keccak256("second"), keccak256("third"), keccak256("fourth")];
        bytes32 kind = keccak256("type");
        bytes memory struct_ = abi.encode(words[0], words[1], uint256(1), uint256(2), uint256(3));
        assertEq(scribbler.hash(words[0], words[1], words[2]), keccak256(abi.encode(words[0], words[1], words[2])));
        assertEq(scribbler.hash(kind, struct_), keccak256(bytes.concat(kind, struct_)));
        bytes memory expected = abi.encode(kind, words[0], words[1], words[2], uint256(2), uint256(3));
        assertEq(scribbler.hash(kind, struct_, words[2]), keccak256(expected));
        expected = abi.encode(kind, words[0], words[1], words[2], words[3], uint256(3));
        assertEq(scribbler.hash(kind, struct_, words[2], words[3]), keccak256(expected));
    }

    function test_a_statement_of_words_is_emitted_with_signatures_of_any_length() public {
        FacilityRegistration memory statement = FacilityRegistration(SIGNER, 1, 180, keccak256("site"), 9);
        for (uint256 length; length < LONGEST; ++length) {
            vm.expectEmit(address(scribbler));
            emit IFacilities.FacilityRegistrationRecorded(ID, statement, SIGNER, signature(length));
            scribbler.log(ID, statement, SIGNER, signature(length));
        }
    }

    function test_a_statement_with_lists_is_emitted_with_signatures_of_any_length() public {
        Dispatch memory statement;
        statement.consignor = SIGNER;
        statement.to = FacilityId.wrap(keccak256("site"));
        statement.lots = new LotHead[](2);
        statement.lots[1] = LotHead(LotId.wrap(keccak256("lot")), keccak256("head"));
        for (uint256 length; length < LONGEST; ++length) {
            vm.expectEmit(address(scribbler));
            emit ILots.DispatchRecorded(ID, statement, SIGNER, signature(length));
            scribbler.logDynamic(ID, statement, SIGNER, signature(length));
        }
    }
}
