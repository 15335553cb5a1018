// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Outcome, Process} from "../../contracts/Codes.sol";
import {
    Attestation,
    Birth,
    Content,
    Correction,
    Delegation,
    Dispatch,
    FacilityId,
    FacilityRegistration,
    KeyObjection,
    KeyProposal,
    KeyReplacement,
    LotHead,
    Observation,
    Output,
    Production,
    Receipt,
    Received,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {Hasher} from "./Hasher.sol";
import {Ledger} from "./Ledger.sol";
import {Lot, Scribe} from "./Scribe.sol";

/// @notice One story: cobalt is mined, refined, and made into cells; scrap comes back to a recycler; an auditor
/// watches.
abstract contract Base is Scribe {
    uint8 internal constant COBALT = 27;
    uint8 internal constant NICKEL = 28;
    uint64 internal constant KG = 1_000_000;
    /// @dev 2026-06-01, 00:00 UTC.
    uint40 internal constant START = 1_780_272_000;
    uint16 internal constant YEAR = 2026;
    uint64 internal constant MAX_MILLIGRAMS = 2 ** 63 - 1;
    string internal constant SCHEME = "RMAP";

    uint256 private _serial;

    address internal registrar = account("registrar");
    address internal accreditor = account("accreditor");
    address internal miner = account("miner");
    address internal refiner = account("refiner");
    address internal maker = account("maker");
    address internal recycler = account("recycler");
    address internal auditor = account("auditor");
    address internal stranger = account("stranger");

    FacilityId internal mine;
    FacilityId internal refinery;
    FacilityId internal plant;
    FacilityId internal recyclingPlant;

    function setUp() public virtual {
        vm.warp(START);
        hasher = new Hasher();
        ledger = deployed();
        address[5] memory parties = [miner, refiner, maker, recycler, auditor];
        for (uint256 i; i < parties.length; ++i) admit(parties[i]);
        vm.prank(accreditor);
        ledger.accredit(auditor, SCHEME, 0);
        mine = registered(miner, FacilityKind.MINE);
        refinery = registered(refiner, FacilityKind.SMELTER_OR_REFINER);
        plant = registered(maker, FacilityKind.MANUFACTURER);
        recyclingPlant = registered(recycler, FacilityKind.RECYCLER);
        grant(mine, COBALT, false, 1_000 * KG);
        grant(recyclingPlant, COBALT, true, 1_000 * KG);
    }

    /// @dev From the build's own code: what is tested is what is deployed.
    function deployed() internal returns (Ledger made) {
        bytes memory creation = abi.encodePacked(vm.getCode("MaterialLedger"), abi.encode(registrar, accreditor));
        assembly ("memory-safe") {
            made := create(0, add(creation, 32), mload(creation))
        }
        assertGt(address(made).code.length, 0);
    }

    // ── The registrar's acts, and time ──

    function admit(address party) internal {
        vm.prank(registrar);
        ledger.admit(party, 0);
    }

    function suspend(address party) internal {
        vm.prank(registrar);
        ledger.suspend(party, 0);
    }

    function grant(FacilityId facility, uint8 material, bool recycled, uint64 milligrams) internal {
        vm.prank(registrar);
        ledger.grantQuota(facility, material, recycled, YEAR, milligrams, 0);
    }

    function timeNow() internal view returns (uint40) {
        return uint40(vm.getBlockTimestamp());
    }

    // ── Statements ──

    function registration(address operator, uint8 kind) internal view returns (FacilityRegistration memory) {
        return FacilityRegistration(operator, kind, 180, keccak256("site"), timeNow() + 1 days);
    }

    function production(
        address custodian,
        FacilityId facility,
        uint8 process,
        Lot[] memory inputs,
        Output[] memory outputs
    ) internal view returns (Production memory) {
        LotHead[] memory spent = headsOf(inputs);
        return Production(custodian, facility, process, 1, spent, outputs, timeNow(), 0, timeNow() + 1 days);
    }

    function extraction(uint64 cobalt) internal view returns (Production memory) {
        return production(miner, mine, Process.EXTRACT, none(), yielding(goods(4 * cobalt, primaryCobalt(cobalt))));
    }

    function dispatch(Lot[] memory lots, FacilityId from, FacilityId to) internal view returns (Dispatch memory) {
        address consignor = ledger.facilityState(from).operator;
        address consignee = ledger.facilityState(to).operator;
        uint40 time = timeNow();
        return Dispatch(consignor, consignee, headsOf(lots), from, to, 3, time + 7 days, time, 0, time + 1 days);
    }

    function receipt(address party, Dispatch memory dispatched, bool accepted) internal view returns (Receipt memory) {
        Received[] memory received = new Received[](dispatched.lots.length);
        for (uint256 i; i < received.length; ++i) received[i].lot = dispatched.lots[i].lot;
        return Receipt(party, idOf(dispatched), received, accepted, timeNow(), 0, timeNow() + 1 days);
    }

    function attestation(bytes32 subject) internal view returns (Attestation memory) {
        uint40 time = timeNow();
        return
            Attestation(auditor, subject, SCHEME, Outcome.CONFORMANT, time, time + 365 days, 0, time + 1 days);
    }

    function revocation(address author, Attestation memory attested) internal view returns (Revocation memory) {
        return Revocation(author, idOf(attested), timeNow(), 0, timeNow() + 1 days);
    }

    function correction(Production memory corrected) internal view returns (Correction memory) {
        return Correction(corrected.custodian, idOf(corrected), timeNow(), keccak256("why"), timeNow() + 1 days);
    }

    /// @dev The next of that log: 30 readings, up to now.
    function observation(address observer, address device, bytes32 subject)
        internal
        view
        returns (Observation memory)
    {
        StatementId tail = ledger.tail(observer, device, subject);
        uint40 time = timeNow();
        bytes32 root = keccak256("readings");
        return Observation(observer, device, subject, tail, root, 30, time - 1 hours, time, 0, time + 1 days);
    }

    function delegation(address party, address delegate, uint16 scope) internal view returns (Delegation memory) {
        uint40 time = timeNow();
        return Delegation(party, delegate, scope, time + 30 days, time, time + 1 days);
    }

    function replacement(address party, address key) internal view returns (KeyReplacement memory) {
        return KeyReplacement(party, key, ledger.partyState(party).keyNumber + 1, timeNow() + 1 days);
    }

    /// @dev To the proposal that is open.
    function objection(address party) internal view returns (KeyObjection memory) {
        KeyProposal memory proposal = ledger.keyProposal(party);
        return KeyObjection(party, proposal.key, proposal.effectiveAt, timeNow() + 1 days);
    }

    // ── What statements are made of ──

    function none() internal pure returns (Lot[] memory) {
        return new Lot[](0);
    }

    function one(Lot memory lot) internal pure returns (Lot[] memory lots) {
        lots = new Lot[](1);
        lots[0] = lot;
    }

    function two(Lot memory first, Lot memory second) internal pure returns (Lot[] memory lots) {
        lots = new Lot[](2);
        (lots[0], lots[1]) = (first, second);
    }

    function headsOf(Lot[] memory lots) internal view returns (LotHead[] memory named) {
        named = new LotHead[](lots.length);
        for (uint256 i; i < lots.length; ++i) named[i] = LotHead(lots[i].id, ledger.head(lots[i].id));
    }

    function contentOf(uint8 material, bool recycled, uint64 milligrams)
        internal
        pure
        returns (Content[] memory pairs)
    {
        pairs = new Content[](1);
        pairs[0] = Content(material, recycled, milligrams);
    }

    function primaryCobalt(uint64 milligrams) internal pure returns (Content[] memory) {
        return contentOf(COBALT, false, milligrams);
    }

    function recycledCobalt(uint64 milligrams) internal pure returns (Content[] memory) {
        return contentOf(COBALT, true, milligrams);
    }

    /// @dev Cobalt, primary and recycled.
    function mixedCobalt(uint64 fresh, uint64 again) internal pure returns (Content[] memory pairs) {
        pairs = new Content[](2);
        pairs[0] = Content(COBALT, false, fresh);
        pairs[1] = Content(COBALT, true, again);
    }

    function goods(uint64 milligrams, Content[] memory pairs) internal pure returns (Output memory) {
        return Output(282_200, milligrams, pairs, keccak256("assay"));
    }

    function yielding(Output memory only) internal pure returns (Output[] memory made) {
        made = new Output[](1);
        made[0] = only;
    }

    function yielding(Output memory first, Output memory second) internal pure returns (Output[] memory made) {
        made = new Output[](2);
        (made[0], made[1]) = (first, second);
    }

    /// @dev Evidence that tells apart statements that are otherwise alike.
    function serial() internal returns (bytes32) {
        return bytes32(++_serial);
    }

    // ── Turns of the story ──

    function registered(address operator, uint8 kind) internal returns (FacilityId) {
        return FacilityId.wrap(StatementId.unwrap(record(registration(operator, kind))));
    }

    /// @dev A lot of ore in the mine, with so much cobalt in it.
    function mined(uint64 cobalt) internal returns (Lot memory) {
        Production memory statement = extraction(cobalt);
        statement.evidence = serial();
        return bornOf(statement, record(statement, none()), 0);
    }

    function bornOf(Production memory statement, StatementId id, uint256 index) internal view returns (Lot memory) {
        Output memory made = statement.outputs[index];
        return Lot(hasher.lotId(id, index, made), Birth(id, index, made));
    }

    function moved(Lot memory lot, FacilityId from, FacilityId to) internal {
        Dispatch memory statement = dispatch(one(lot), from, to);
        record(statement);
        record(receipt(statement.consignee, statement, true), statement);
    }
}
