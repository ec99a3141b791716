import Bytes

// From general knowledge.
extension WordLists {
  /// Events, works, products, treaties, faiths.
  static let miscellany: StaticString = """
    World Cup, Olympics, Olympic Games, Summer Olympics, Winter Olympics, Paralympics, Super Bowl, World Series,
    Stanley Cup, Ryder Cup, Davis Cup, Tour de France, Grand Prix, Formula One, Formula 1, Six Nations,
    European Championship, Europa League, FA Cup, Euro 2012, Euro 2016, Copa America, Commonwealth Games,
    Asian Games, US Open, U.S. Open, French Open, Australian Open, Kentucky Derby, Oscars, Academy Award,
    Academy Awards, Grammy, Grammys, Grammy Awards, Emmy, Emmys, Golden Globe, Golden Globes, BAFTA, Tony Award,
    Nobel Prize, Nobel Peace Prize, Nobel, Pulitzer, Pulitzer Prize, Booker Prize, Eurovision,
    Eurovision Song Contest, World War I, World War II, World War One, World War Two, First World War,
    Second World War, WWI, WWII, Cold War, Gulf War, Iraq War, Vietnam War, Korean War, Civil War, Six-Day War,
    Yom Kippur War, Falklands War, Great War, Great Depression, Great Recession, Holocaust, Arab Spring,
    Prague Spring, Orange Revolution, Velvet Revolution, October Revolution, Cultural Revolution,
    French Revolution, American Revolution, Industrial Revolution, Renaissance, Middle Ages, Bronze Age, Iron Age,
    Stone Age, Brexit, Grexit, Watergate, Whitewater, Benghazi attack, Irangate, Christmas, Christmas Eve,
    Christmas Day, Easter, Good Friday, Easter Sunday, New Year, New Year's Day, New Year's Eve, Thanksgiving,
    Halloween, Valentine's Day, Independence Day, Memorial Day, Labor Day, Labour Day, May Day, Mother's Day,
    Veterans Day, Martin Luther King Day, Ramadan, Eid, Eid al-Fitr, Eid al-Adha, Hajj, haj, Hanukkah, Passover,
    Yom Kippur, Rosh Hashanah, Diwali, Holi, Ashura, Bible, Koran, Quran, Qur'an, Torah, Talmud, Old Testament,
    New Testament, Islam, Christianity, Judaism, Buddhism, Hinduism, Catholicism, Protestantism, Sikhism, Zionism,
    Marxism, Communism, Nazism, Internet, World Wide Web, Wi-Fi, Bluetooth, Windows XP, Windows 10, Linux, iOS,
    iPhone, iPad, iPod, iTunes, MacBook, Kindle, PlayStation, Xbox, Wii, Internet Explorer, Firefox, Photoshop,
    Gmail, Google Maps, Google Earth, Bitcoin, Ethereum, Boeing 747, Boeing 737, Airbus A380, A380, F-16, F-15,
    F-35, MiG-29, Su-24, Su-25, Su-35, Tu-154, S-300, S-400, Kalashnikov, AK-47, Scud, Tomahawk, Novichok,
    Concorde, Space Shuttle, International Space Station, ISS, Hubble, Apollo, Apollo 11, Soyuz, Obamacare,
    Medicare, Medicaid, Social Security, Affordable Care Act, Patriot Act, First Amendment, Second Amendment,
    Fifth Amendment, Declaration of Independence, Bill of Rights, Magna Carta, Geneva Convention,
    Geneva Conventions, Kyoto Protocol, Paris Agreement, Paris climate agreement, Minsk agreements,
    Minsk Agreements, Oslo Accords, Camp David Accords, Dayton Accords, Good Friday Agreement, Maastricht Treaty,
    Lisbon Treaty, Warsaw Pact, Iron Curtain, Berlin Wall, Schengen, NAFTA, TPP, TTIP, JCPOA, New START,
    Convention on the Prohibition of Chemical Weapons, Chemical Weapons Convention, Ebola, Zika, Covid-19,
    COVID-19, COVID, Covid, SARS, H1N1, Alzheimer's, Parkinson's, Dow Jones, Dow Jones Industrial Average, Nasdaq,
    NASDAQ, FTSE, FTSE 100, Nikkei 225, DAX, CAC 40, Hang Seng, Sensex, Brent, West Texas Intermediate,
    English Premier League, Hurricane Katrina, Hurricane Sandy, Hurricane Harvey, Hurricane Irma, Star Wars,
    Star Trek, Harry Potter, Game of Thrones, The Simpsons, Sesame Street, Saturday Night Live, Meet the Press,
    60 Minutes, Face the Nation, Good Morning America, Mona Lisa, Hamlet, Macbeth, Lusitania, USS Cole,
    Operation Desert Storm, Desert Storm, Enduring Freedom, Euromaidan, Gulag, Stockholm syndrome,
    English-language, 3D, CCTV camera, Chrome, Android, Windows,
    """

  /// Acronyms that name nothing in particular.
  static let plainAcronyms: StaticString = """
    GDP, CEO, CFO, COO, CTO, NGO, NGOs, AM, PM, GMT, EST, BST, DNA, DVD, CD, CDs, TV, PC, PCs, GPS, IT, PR, FM,
    SUV, UFO, HD, VR, AI, OK, ID, IQ, MP, MPs, MEP, MEPs, PhD, MBA, VIP, Q&A, USB, PDF, URL, HTML, API, LGBT,
    LGBTQ, RBI, ERA, AIDS, HIV, WMD, WMDs, IED, IEDs, POW, ATM, FAQ, RIP, DIY, BC, AD, II, III, IV, VI, VII, VIII,
    IX, XI, XII, QC, KC, SC, OBE, MBE, CBE, MD, LED, LCD, RAM, ROM, CPU, GPU, IPO, QE, VAT, MVP, KO, TKO, QB, RB,
    WR, ETA, ET, PT, CT, MT,
    """
}
