// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Content,
    Correction,
    Delegation,
    Dispatch,
    FacilityId,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    LotHead,
    LotId,
    Observation,
    Output,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {Hasher} from "./Hasher.sol";
import {Test} from "./Test.sol";

/// @notice The library's hashes against those that the test runner computes from the types' definitions alone.
contract StatementsTest is Test {
    string private constant CONTENT = "Content(uint8 material,bool recycled,uint64 milligrams)";
    string private constant LOT_HEAD = "LotHead(bytes32 lot,bytes32 head)";
    string private constant OUTPUT = "Output(uint32 commodity,uint64 milligrams,Content[] content,bytes32 evidence)";
    string private constant RECEIVED = "Received(bytes32 lot,uint64 milligrams)";
    string private constant FACILITY_REGISTRATION =
        "FacilityRegistration(address operator,uint8 kind,uint16 country,bytes32 evidence,uint40 recordBy)";
    string private constant PRODUCTION =
        "Production(address custodian,bytes32 facility,uint8 process,uint8 custodyModel,LotHead[] inputs,"
        "Output[] outputs,uint40 occurredAt,bytes32 evidence,uint40 recordBy)";
    string private constant DISPATCH =
        "Dispatch(address consignor,address consignee,LotHead[] lots,bytes32 from,bytes32 to,uint8 mode,"
        "uint40 recallFrom,uint40 occurredAt,bytes32 evidence,uint40 recordBy)";
    string private constant RECEIPT =
        "Receipt(address party,bytes32 dispatch,Received[] lots,bool accepted,uint40 occurredAt,bytes32 evidence,"
        "uint40 recordBy)";
    string private constant ATTESTATION =
        "Attestation(address auditor,bytes32 subject,string scheme,uint8 outcome,uint40 validFrom,"
        "uint40 validUntil,bytes32 evidence,uint40 recordBy)";
    string private constant REVOCATION =
        "Revocation(address author,bytes32 attestation,uint40 effectiveAt,bytes32 evidence,uint40 recordBy)";
    string private constant CORRECTION =
        "Correction(address author,bytes32 production,uint40 occurredAt,bytes32 evidence,uint40 recordBy)";
    string private constant OBSERVATION =
        "Observation(address observer,address device,bytes32 subject,bytes32 previous,bytes32 root,uint32 count,"
        "uint40 from,uint40 until,bytes32 evidence,uint40 recordBy)";
    string private constant DELEGATION =
        "Delegation(address party,address delegate,uint16 scope,uint40 validUntil,uint40 issuedAt,uint40 recordBy)";
    string private constant KEY_REPLACEMENT =
        "KeyReplacement(address party,address key,uint32 number,uint40 recordBy)";
    string private constant KEY_OBJECTION =
        "KeyObjection(address party,address key,uint40 effectiveAt,uint40 recordBy)";

    Hasher private hasher;

    function setUp() public {
        hasher = new Hasher();
    }

    function draw(bytes32 seed, string memory field, uint256 index) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed, field, index)));
    }

    function anyOutput(bytes32 seed, uint256 index) private pure returns (Output memory output) {
        output.commodity = uint32(draw(seed, "commodity", index));
        output.milligrams = uint64(draw(seed, "milligrams", index));
        output.evidence = bytes32(draw(seed, "document", index));
        output.content = new Content[](draw(seed, "contents", index) % 6);
        for (uint256 i; i < output.content.length; ++i) {
            uint256 drawn = draw(seed, "content", index * 8 + i);
            output.content[i] = Content(uint8(drawn), drawn >> 255 == 1, uint64(drawn >> 8));
        }
    }

    function testFuzz_FacilityRegistration(FacilityRegistration memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(FACILITY_REGISTRATION, abi.encode(statement)));
    }

    /// @dev Fuzzed arrays within arrays have tens of thousands of entries: too many for the memory of a call.
    function testFuzz_Production(bytes32 seed, uint8 inputs, uint8 outputs) public view {
        Production memory statement;
        statement.custodian = address(uint160(draw(seed, "custodian", 0)));
        statement.facility = FacilityId.wrap(bytes32(draw(seed, "facility", 0)));
        statement.process = uint8(draw(seed, "process", 0));
        statement.custodyModel = uint8(draw(seed, "custodyModel", 0));
        statement.inputs = new LotHead[](inputs % 8);
        for (uint256 i; i < statement.inputs.length; ++i) {
            statement.inputs[i] = LotHead(LotId.wrap(bytes32(draw(seed, "lot", i))), bytes32(draw(seed, "head", i)));
        }
        statement.outputs = new Output[](outputs % 8);
        for (uint256 i; i < statement.outputs.length; ++i) statement.outputs[i] = anyOutput(seed, i);
        statement.occurredAt = uint40(draw(seed, "occurredAt", 0));
        statement.evidence = bytes32(draw(seed, "evidence", 0));
        statement.recordBy = uint40(draw(seed, "recordBy", 0));
        string memory definition = string.concat(PRODUCTION, CONTENT, LOT_HEAD, OUTPUT);
        assertEq(hasher.hash(statement), vm.eip712HashStruct(definition, abi.encode(statement)));
    }

    function testFuzz_Dispatch(Dispatch memory statement) public view {
        string memory definition = string.concat(DISPATCH, LOT_HEAD);
        assertEq(hasher.hash(statement), vm.eip712HashStruct(definition, abi.encode(statement)));
    }

    function testFuzz_Receipt(Receipt memory statement) public view {
        string memory definition = string.concat(RECEIPT, RECEIVED);
        assertEq(hasher.hash(statement), vm.eip712HashStruct(definition, abi.encode(statement)));
    }

    function testFuzz_Attestation(Attestation memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(ATTESTATION, abi.encode(statement)));
    }

    function testFuzz_Revocation(Revocation memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(REVOCATION, abi.encode(statement)));
    }

    function testFuzz_Correction(Correction memory statement) public view {
        assertEq(hasher.hashCorrection(statement), vm.eip712HashStruct(CORRECTION, abi.encode(statement)));
    }

    function testFuzz_Observation(Observation memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(OBSERVATION, abi.encode(statement)));
    }

    function testFuzz_Delegation(Delegation memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(DELEGATION, abi.encode(statement)));
    }

    function testFuzz_KeyReplacement(KeyReplacement memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(KEY_REPLACEMENT, abi.encode(statement)));
    }

    function testFuzz_KeyObjection(KeyObjection memory statement) public view {
        assertEq(hasher.hash(statement), vm.eip712HashStruct(KEY_OBJECTION, abi.encode(statement)));
    }

    function testFuzz_lotId(StatementId production, uint256 index, Output memory output) public view {
        bytes32 outputHash = vm.eip712HashStruct(string.concat(OUTPUT, CONTENT), abi.encode(output));
        bytes32 expected = keccak256(abi.encode(StatementId.unwrap(production), index, outputHash));
        assertEq(LotId.unwrap(hasher.lotId(production, index, output)), expected);
    }

    function test_domain() public view {
        (, string memory name, string memory version, uint256 chainId, address verifyingContract,,) =
            hasher.eip712Domain();
        assertEq(name, "Lodebook");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(verifyingContract, address(hasher));
    }
}
