import Bytes

/// What tables of sport write behind a name: the codes of ISO 3166-1 with three letters (pycountry) and those of the Olympic
/// committees.
enum CountryCodes {
  static let all = WordSet([
    "ABW", "AFG", "AGO", "AIA", "ALA", "ALB", "ALG", "AND", "ANG", "ARE", "ARG", "ARM", "ASM", "ATA", "ATF", "ATG",
    "AUS", "AUT", "AZE", "BAN", "BAR", "BDI", "BEL", "BEN", "BER", "BES", "BFA", "BGD", "BGR", "BHR", "BHS", "BIH",
    "BIZ", "BLM", "BLR", "BLZ", "BMU", "BOL", "BOT", "BRA", "BRB", "BRN", "BRU", "BTN", "BUL", "BUR", "BVT", "BWA",
    "CAF", "CAM", "CAN", "CCK", "CGO", "CHE", "CHI", "CHL", "CHN", "CIV", "CMR", "COD", "COG", "COK", "COL", "COM",
    "CPV", "CRC", "CRI", "CRO", "CUB", "CUW", "CXR", "CYM", "CYP", "CZE", "DEN", "DEU", "DJI", "DMA", "DNK", "DOM",
    "DZA", "ECU", "EGY", "ENG", "ERI", "ESA", "ESH", "ESP", "EST", "ETH", "FIJ", "FIN", "FJI", "FLK", "FRA", "FRO",
    "FSM", "GAB", "GAM", "GBR", "GEO", "GER", "GGY", "GHA", "GIB", "GIN", "GLP", "GMB", "GNB", "GNQ", "GRC", "GRD",
    "GRE", "GRL", "GTM", "GUA", "GUF", "GUI", "GUM", "GUY", "HAI", "HKG", "HMD", "HND", "HON", "HRV", "HTI", "HUN",
    "IDN", "IMN", "INA", "IND", "IOT", "IRI", "IRL", "IRN", "IRQ", "ISL", "ISR", "ITA", "JAM", "JEY", "JOR", "JPN",
    "KAZ", "KEN", "KGZ", "KHM", "KIR", "KNA", "KOR", "KSA", "KUW", "KWT", "LAO", "LAT", "LBA", "LBN", "LBR", "LBY",
    "LCA", "LES", "LIB", "LIE", "LKA", "LSO", "LTU", "LUX", "LVA", "MAC", "MAD", "MAF", "MAR", "MAS", "MAW", "MCO",
    "MDA", "MDG", "MDV", "MEX", "MGL", "MHL", "MKD", "MLI", "MLT", "MMR", "MNE", "MNG", "MNP", "MOZ", "MRI", "MRT",
    "MSR", "MTN", "MTQ", "MUS", "MWI", "MYA", "MYS", "MYT", "NAM", "NCA", "NCL", "NED", "NEP", "NER", "NFK", "NGA",
    "NGR", "NIC", "NIG", "NIU", "NLD", "NOR", "NPL", "NRU", "NZL", "OMA", "OMN", "PAK", "PAN", "PAR", "PCN", "PER",
    "PHI", "PHL", "PLW", "PNG", "POL", "POR", "PRI", "PRK", "PRT", "PRY", "PSE", "PUR", "PYF", "QAT", "REU", "ROU",
    "RSA", "RUS", "RWA", "SAU", "SCO", "SDN", "SEN", "SEY", "SGP", "SGS", "SHN", "SIN", "SJM", "SLB", "SLE", "SLO",
    "SLV", "SMR", "SOM", "SPM", "SRB", "SRI", "SSD", "STP", "SUD", "SUI", "SUR", "SVK", "SVN", "SWE", "SWZ", "SXM",
    "SYC", "SYR", "TAN", "TCA", "TCD", "TGO", "THA", "TJK", "TKL", "TKM", "TLS", "TOG", "TON", "TPE", "TTO", "TUN",
    "TUR", "TUV", "TWN", "TZA", "UAE", "UGA", "UKR", "UMI", "URU", "URY", "USA", "UZB", "VAT", "VCT", "VEN", "VGB",
    "VIE", "VIR", "VNM", "VUT", "WAL", "WLF", "WSM", "YEM", "ZAF", "ZAM", "ZIM", "ZMB", "ZWE",
  ])
}
