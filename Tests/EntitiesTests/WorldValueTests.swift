import StageKit
import Testing

@testable import Entities

/// Money, dates and times as the press of many countries writes them.
@Suite("Values of the world")
struct WorldValueTests {
  @Test(
    arguments: [
      ("The Rs4,120-crore bridge.", ["MONEY Rs4,120-crore = 41200000000 INR"]),
      ("A fine of Rs. 2.5 lakh.", ["MONEY Rs. 2.5 lakh = 250000 INR"]),
      ("It owes RM45 million.", ["MONEY RM45 million = 45000000 MYR"]),
      ("It owes Tk 310 crore.", ["MONEY Tk 310 crore = 3100000000 BDT"]),
      ("It owes GBP12m and USD48,000.", ["MONEY GBP12m = 12000000 GBP", "MONEY USD48,000 = 48000 USD"]),
      ("It owes N7.5bn.", ["MONEY N7.5bn = 7500000000 NGN"]),
      ("It owes R320 million.", ["MONEY R320 million = 320000000 ZAR"]),
      ("He owes KSh 9,000 or Dh2,500.", ["MONEY KSh 9,000 = 9000 KES", "MONEY Dh2,500 = 2500 AED"]),
      ("He owes A$4.2b.", ["MONEY A$4.2b = 4200000000 AUD"]),
      ("He owes GH¢500.", ["MONEY GH¢500 = 500 GHS"]),
      ("He owes ₡900 and GH₵70.", ["MONEY ₡900 = 900 CRC", "MONEY GH₵70 = 70 GHS"]),
      ("He owes US $6 million.", ["MONEY US $6 million = 6000000 USD"]),
      ("It gave the US $6 million.", ["MONEY $6 million = 6000000 USD"]),
      ("He owes 7,500 cedis.", ["MONEY 7,500 cedis = 7500 GHS"]),
      ("He owes 89p.", ["MONEY 89p = 0.89 GBP"]),
      ("He owes Rs 12 500.", ["MONEY Rs 12 500 = 12500 INR"]),
      ("He owes Rp 75.000.", ["MONEY Rp 75.000 = 75000 IDR"]),
      ("He owes €3,5 million.", ["MONEY €3,5 million = 3500000 EUR"]),
      ("A 40-million-dollar ferry.", ["MONEY 40-million-dollar = 40000000 USD"]),
      ("He owes 8 million Hong Kong dollars.", ["MONEY 8 million Hong Kong dollars = 8000000 HKD"]),
      ("He owes $3.1-$3.4 million.", ["MONEY $3.1-$3.4 million = 3100000/3400000 USD"]),
      ("Between 3 and 3.3 billion yuan.", ["MONEY 3 and 3.3 billion yuan = 3000000000/3300000000 CNY"]),
      ("They spent billions of dollars.", ["MONEY billions of dollars = ? USD"]),
      ("They spent several hundred million rupees.", ["MONEY several hundred million rupees = ? INR"]),
      ("The R44 road meets the N7 near a Holm R200.", []),
      ("He bore a P90 and wore an N95.", []),
    ])
  func money(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test func aNameOfMoneyThatManyCountriesHaveIsThatOfTheCountryInTheArticle() throws {
    #expect(try values("It cost them 400 pesos when they were in the Philippines.") == ["MONEY 400 pesos = 400 PHP"])
    #expect(try values("It cost them 400 pesos when they were in Chile.") == ["MONEY 400 pesos = 400 CLP"])
    #expect(try values("It cost them 400 pesos when they were there.") == ["MONEY 400 pesos = 400"])
    #expect(try values("It cost them Rs 400 when they were in Pakistan.") == ["MONEY Rs 400 = 400 PKR"])
    #expect(try values("It cost them $400 when they were in Canada.") == ["MONEY $400 = 400 USD"])
  }

  @Test func aNameInsideAnAmountIsNone() throws {
    let article = try annotated("It cost Tk 90 crore, 5 million Hong Kong dollars and Dh400.")
    #expect(article.entities?.filter { $0.kind.isName }.map { string($0.name) } == [])
    #expect(
      try values("He paid N3.5bn, R250 million, KSh 7,000, Dh20,000, NIS 60 million and A$3.1b.").contains(
        "MONEY NIS 60 million = 60000000 ILS"))
    #expect(try values("He paid Dh20,000, NIS 60 million and A$3.1b.").count == 3)
  }

  @Test(
    arguments: [
      ("It fell in mid-2014 and in late 2015.", ["DATE mid-2014 = 2014", "DATE late 2015 = 2015"]),
      ("It fell in mid-October.", ["DATE mid-October = XXXX-10"]),
      ("The late ’70s were good.", ["DATE late ’70s = 197X"]),
      ("She is in her early 60s.", []),
      ("FY23 was good, FY2021-22 was not.", ["DATE FY23 = 2023", "DATE FY2021-22 = 2021/2022"]),
      ("In fiscal year 2020-21 it fell.", ["DATE fiscal year 2020-21 = 2020/2021"]),
      ("In the 2017/18 season it fell.", ["DATE 2017/18 = 2017/2018"]),
      ("Q2 was good, Q4 2021 was not.", ["DATE Q2 = XXXX-Q2", "DATE Q4 2021 = 2021-Q4"]),
      ("It shuts by end-June 2023.", ["DATE end-June 2023 = 2023-06"]),
      (
        "It fell in the years ended June 30, 2018, 2017 and 2016.",
        ["DATE June 30, 2018 = 2018-06-30", "DATE 2017 = 2017", "DATE 2016 = 2016"]
      ),
      ("The ferry (2018) is a Holm.", ["DATE 2018 = 2018"]),
      ("In a 2019 interview she sang.", ["DATE 2019 = 2019"]),
      ("He ruled from 1520 to 1544.", ["DATE 1520 to 1544 = 1520/1544"]),
      ("It fell on 3rd March, 1956.", ["DATE 3rd March, 1956 = 1956-03-03"]),
      ("It fell on June 4 and 5.", ["DATE June 4 and 5 = XXXX-06-04/XXXX-06-05"]),
      ("It fell on June 4 and 5 others.", ["DATE June 4 = XXXX-06-04"]),
      ("It met on Feb.14.", ["DATE Feb.14 = XXXX-02-14"]),
      ("It meets on the last Friday of May 2024.", ["DATE last Friday of May 2024 = 2024-05-31"]),
      ("It opens on Mondays.", ["DATE Mondays = ?"]),
      ("Of 2000 voters 1900 votes came.", []),
    ])
  func dates(text: String, expected: [String]) throws { #expect(try values(text) == expected) }

  @Test func aDayOfTheMonthCountsFromThePublication() throws {
    #expect(
      try values("It opens on the last Friday of this month.", published: "2024-05-08")
        == ["DATE last Friday of this month = 2024-05-31"])
  }

  @Test(
    arguments: [
      ("It rang at 1730 hrs.", ["TIME 1730 hrs = T17:30"]),
      ("It rang at 18:30hrs.", ["TIME 18:30hrs = T18:30"]),
      ("The engine ran 1800 hours.", ["QUANTITY 1800 hours = 1800 h"]),
      ("It rang at 7 p.m. IST.", ["TIME 7 p.m. IST = T19:00"]),
      ("It rang at 6pm Lisbon time.", ["TIME 6pm Lisbon time = T18:00"]),
      ("It rang at 18h30 in Holm.", ["TIME 18h30 = T18:30"]),
      ("It rang at 10:00 (GMT).", ["TIME 10:00 (GMT) = T10:00Z"]),
    ])
  func times(text: String, expected: [String]) throws { #expect(try values(text) == expected) }
}
