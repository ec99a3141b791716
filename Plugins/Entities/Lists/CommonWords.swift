// From general knowledge.
extension WordLists {
  /// Words that a capital makes no name of, as at the head of a sentence or in a headline.
  static let commonWords: StaticString = """
    a ability able about above abroad absolutely abuse academic accept access accident according account accused
    across act acting action active activity actual actually adding additional additionally address adds
    administration admission adult advance advanced advertisement advice affair affairs after afternoon again
    against age agency agent ago agree agreement agreements ahead aid aim aims air aircraft airstrikes alert alive
    all all-star allegations alleged allow allowing almost alone along already also alternative although always
    amendment amid among amount an analysis analysts ancient and anger angry animal animals anniversary
    announcement announces announcing annual another answer anti anxious any anybody anyone anything anyway apart
    apparently appeal appearance application appointment approach approval approximately are area areas arguably
    argument arms army around arrest arrests arrival art article as aside ask asked asking asks assault assembly
    assets assistance asylum at athletes attack attackers attacks attempt attempts attention attorneys audience
    aunt authorities authority available average aviation avoid away baby back background backs bad bail ball
    ballots ban bank banks bans bar based basic basically battle battles be bear beat beats beautiful because
    become becomes been before began begin beginning begins behind being belief believe below beneath benefit
    benefits besides best bet better between beyond bids big bill billion bills bit black blames blast blasts
    blocks blood blue board boat boats body bomb bombers bombing bond bonds bonfire book bookmark books boosts
    border born both bottom box boy boys brand break breakfast breaking breaks brief briefly bring bringing brings
    britain's bro broad broken brother brought brown budget build building buildings builds built burning bus
    business businesses but buy buyers buying buys by call called calling calls came camera camp campaign
    campaigners can cancer candidates capital captain caption car card care career careful cargo cars case cases
    cash catch cause causes cease-fire ceasefire celebrities central centre century certain certainly chairman
    challenge challenges championship chance chances change changes chapter character charge charged charges chart
    cheap check chemical chief child children choice christ church cities citizens city civil civilians claim
    claims clashes class clean clear clearly clears click clients climate clinic close closed closes closing
    clothes club coach coal coalition coast code coffee cold collection collectively college color comes coming
    comment comments commercial common community companies company compared competition complete completely
    completes computer concern concerns conditions conference confidence confirms conflict congratulations
    consequently conservatives consider considering considers construction consumer consumers contact content
    context continue continued continues contract contrary control controversy conversation convicted cookies
    copies copy copyright correspondents corruption cost costs could council counting countries country couple
    courage course court courts cover coverage create created creating credit cricket crime crimes criminal crisis
    critical criticism critics crops cross crowd crowds culture cup currency current currently customers cut cuts
    cyber dad daily damage danger dangerous dark darling data date dating daughter day days dead deadline deadly
    deal dealers deals dear death deaths debate debris debt decades decision deep defence defenders defending
    defends defense deficit definitely degree delays delegates delegation delivery demand demands democracy
    demonstrators denies department depending desperate despite destruction details detectives determined
    developers developing development devil dialogue did die died dies difference different difficult digital
    dinner diplomacy diplomatic diplomats direct direction disaster discovery discussion discussions disease
    dispute distance district division do doctors document documents does dog dogs doing dollar dollars domestic
    don done door double doubt doubtless down dozens dr drama draw drawing dream dress drink drive drivers driving
    drop drops drug drugs dry dude due during each earlier early earnings earth earthquake easily east eastern
    easy eat economic economists economy editor education effect effective effects effort efforts eight either
    election elections electricity electronic elsewhere email embassy emergency emissions emotional emphasizing
    employees employers employment end ending ends enemy energy engine engineers enough enter enters entertainment
    entire entrepreneurs entry environment environmental equal equally equipment equity error escape especially
    essential estimated estimates ethnic even evening event events eventually ever every everybody everyone
    everything everywhere evidence exactly examination example excellent except exchange executive executives
    exercise exiled exit expands expect expected expecting expensive experience expert experts explosion
    explosives exports extra extreme extremely eye eyes face faced faces fact factories factors facts fair fairly
    fake fall fallen falling falls families family famous fans far farm farmers fashion fast fatal fate father
    favourite fear fears feature features federal feel feeling fees fell fellow female few fewer field fierce
    fifteen fifth fifty fight fighters fighting fights figure figures file filed files film filmmakers films final
    finally financial financing find finding findings finds fine fire firefighters fires firm firms first fiscal
    fish fishing five fix flag flash flat fleeing flees flights flood flooding floods floor flying focus folks
    follow following food footage football for force forced forces forecasts foreign forest forget form formal
    former formerly fortunately forty forward found founded four fourth fraud free freedom fresh friday friend
    friendly friends from front fuel full fully fun fund funding funds funeral further furthermore future gain
    gains game games gang gas gasoline gave gay gender general generally generation get gets getting getty giant
    girl girls give given gives giving glass global go goal goals god goes going gold gone good goods got
    government governments governors gradually graduates grand grandma grandpa grant great green ground group
    groups growing grows growth guard guerrillas guess guests guide guilty gun gunfire gunmen guns guy guys had
    hair half hall halts hand hands happy hard hardly has hate have having he head headlines headquarters heads
    health healthcare hear hearing heart heat heaven heavily heavy height held helicopters hell hello help helped
    helping helps hence her here heritage heroes hers herself hey high higher highest highly highway him himself
    his historians historic historical history hit hits hold holding holds holiday home homes homicide honey hope
    hopefully hopes hospital hospitals hostages hosts hot hotel hotels hour hours house household houses housing
    how however huge human humanitarian humans hundred hundreds hunger hurt i ice idea ideas if ill illegal image
    images imagine immediate immediately immigrant immigrants immigration impact import important imports
    impossible improved improving in incidentally including income increase increased increasing increasingly
    indeed independence independent index indicators individual individuals industrial industry inflation
    information infrastructure initial initially injured injures injuries inside insisting inspectors inspired
    instead institutions insurance insurgents intelligence interest interested interesting interestingly interior
    internal international internet interview into introducing invasion investigation investigations investigators
    investment investors invitation iron ironically is islamist islands issue issues it item its itself jail
    jailed jets job jobs join joins joint jokes journalists judge judges judging jumps just justice keep keeping
    keeps key kidnapped kidnappers kids kill killed killing kills kind king knife know knowing knowledge known
    labor labour lack ladies land landing landlords language large largely larger last lastly late later latest
    laughter launch launched launches law lawmakers laws lawyers lead leader leaders leadership leading leads
    league learn learning least leave leaves leaving left legal legend legislation legislators less lessons let
    lets letter letters level levels liberal liberals liberation life lifting lifts light like likely limited line
    lines link list listen literally literature little live lives living loan loans local locals located login
    logistics long longer look looking lord loses losing loss losses lost lot lots loud love low lower loyal
    loyalists luck luckily lunch luxury machine madam magazine mail main mainly mainstream major majority make
    makes making male man managers mandatory manufacturers manufacturing many map march marine market marketing
    markets marks marriage mass massacre massive master match materials matter matters maybe mayors me meaning
    means meanwhile measure measures meat medal media medical medicine medics meet meeting meetings meets member
    members membership memories memory men mental mentioning menu merchants mere merger message messages metal
    method methods metro middle midnight might migrant migrants migration mild miles militants military militia
    militiamen million millions mind mine miners mines mining minister ministers ministries minor minority minors
    minute minutes miss missile missiles missing mission mistake mix mobile model models modern mom moment money
    monitor monitors month monthly months moon more moreover morning mortar mortgage mosque most mostly mother
    motion motorcycle motorists mountain mountains move movement movements moves movie movies moving mr mrs ms
    much multiple mum murder murdered museum music muslims must my myself mystery naked name named names narrow
    nation national nations native natural naturally nature naval near nearby nearly nears necessary need needed
    needless needs negative negotiations negotiators neighboring neighbors neighbouring neighbours neither network
    networks never nevertheless new news newsletter newspaper newspapers next nice night nightmare nine no nobody
    noise non none nonetheless nor normal normally north northern not notably note nothing notice noting novel now
    nowhere nuclear number numbers numerous objective observers obviously occasionally occupied of off offensive
    offer offering offers office officer officers official officially officials offshore often oh oil okay old
    older on once one ones ongoing online only onto open opened opening opens operation operations operators
    opinion opponents opportunities opportunity opposition options or order orders ordinary organised organisers
    organized organizers original originally other others otherwise ought our ours ourselves out outgoing outrage
    outside over overall overcrowded overnight overseas own owners package page pain paper papers paramilitary
    parents park parliament parliamentary part partially participants particularly parties partly partner partners
    parts party pass passed passengers passes passing passport password past patient patients pay paying payment
    payments payroll pays peace peaceful peacekeepers peak peasants penalty pension people per perhaps period
    permission person personal personally personnel persons petition petrol philanthropists phone photo
    photographs photos physical picture pictures piece pieces pilgrims pilot pilots pipeline pirates place places
    plain plan plane planes planned planning plans plant plants plastic play players playing please pledges plenty
    plunging plus poetry point points poison police policeman policemen policies policy polite political
    politically politician politicians politics poll polling polls pollution poor pope popular population portrait
    positive possible possibly post poverty power powerful powers practical practically practice prayers precisely
    predictions pregnant premier president presidential presidents press pressure pretty previous previously price
    prices primary prime principals prior prison prisoners prisons privacy private privately prize pro probably
    probe problem problems process produced producers product production products professional profile profit
    profits program programme programmes programs progress project projects prominent promises proof propaganda
    proper property proposal proposals proposed prosecution prosecutors protecting protection protest protesters
    protestors protests proud provided providing provincial provision public publication publicly publishers pull
    pulls pupils purchase pure push pushes put puts putting quake quality quarter quarterly queen question
    questions quick quickly quiet quite quits quote race racing racism radical radio raids rail railway rain raise
    raises raising rallies rally range rape rare rarely rate rates rather ratings raw reach reaches reaction read
    readers reading ready real reality realizing really reason reasonable reasons rebel rebels rebuilding
    recalling recent recently reception recession recommended record records recovery red reducing reference
    referring reform reforms refugee refugees refusing regarding regardless region regional register regular
    regulators regulatory rejects related relations relationship relative relatively relatives release released
    releases relief religion religious remain remains remarkably remarks remember remembering remote rent repeat
    repeated repeatedly replacement reply report reported reportedly reporters reporting reports representatives
    republican republicans request required rescue rescuers research researchers reserved reserves residents
    resigns resolution resources respect respected respectively respond respondents response responsibility rest
    restaurant restaurants restoring result results retail retailers retired return returning returns reveal
    revealed reveals revenue reverse review revolution rice rich rifle right rights riot rise rises rising risk
    risks rivals river road roads robbery rock rocket rockets role room roughly round rule rules ruling rumors
    rumours run runners running runs rural russia's sabotage safe safety said sailors salaries sales same
    sanctions satellite saturday save saving savings saw say saying says scandal scared scene scenes scholars
    school schools science scientific scientists score scores screen sea search season seats second secondly
    secret secretary secretly section sector secular secure security see seeing seeking seeks seems seen sees
    seizes seizing select self sell sellers selling sells senate senators send sends senior seniors sense
    sensitive sentence sentenced separate separately separatist separatists series serious seriously serve service
    services session set sets setting settlement settlers seven seventh several severe sex sexual shall shame
    share shared shareholders shares sharing she shell shelling shells sheriff ship ships shock shoes shooting
    shop shoppers shopping shops short shortly shot should show showing shown shows shut side siege sign signs
    silence silver similar similarly simple simply since sing singers single sir sister site sites sitting
    situation six sixth size skeptics skills skin slams slavery sleep slightly slips slow slowly small smaller
    smart smile smoke smoking smuggling snipers snow so soars soccer social socialist society software soil sold
    soldiers sole solution some somebody somehow someone something sometimes somewhat somewhere son song songs
    soon sophisticated sorry sort sound source sources south southern space sparks speak speakers speaking special
    specialists specific specifically spectators speculation speech speed spending spirit spokesman spokesmen
    spokeswoman sponsors sport sports spread spring squad stability staff stage standard standards standing stands
    star stars start started starting starting-price starts state stated statement statements states station
    statistics status stay stays steel step steps still stock stocks stone stop stops stories storm storms story
    straight stranded strange strangely strategic strategy street streets stress strike strikes striking strong
    struck structure student students studies studio study style subject subscribe subsequently success successful
    successive such sudden suddenly sugar suggestion suggests suicide summer sun sunday supplies supply support
    supported supporters supposedly sure surely surgery surges surprise surprising surprisingly survey survivors
    suspected suspects suspicion sweeping sweet system systems table take taken takes taking talk talking talks
    tanks tapes target targets tariffs task tax taxes taxpayers teacher teachers teaching team teams tears
    technically technology teen teenager teenagers teens telephone television tell telling tells temperatures
    temporary ten tension tensions term terms terrible terror terrorism terrorist terrorists test tests text
    textbook than thank thankfully thanks that the theater their theirs them themselves then theory there
    therefore these they thieves thing things think thinking third thirdly thirteen thirty this those though
    thought thoughts thousand thousands threat threatens threats three through throughout thursday thus ticket
    tickets tight time times tiny tired title to tobacco today together told toll tomorrow tonight too took tools
    top tops torture total totally touch tough tour tourism tourists toward towards towers town towns toxic trade
    traders trading tradition traditional traditionally traffic tragedy tragic training trains translators
    transparency transport trapped travel travelers travellers treat treatment trees trial tribal trip troops
    trouble troubled truck trucks true truly trust truth try trying tsunami tuesday turn turning turnout turns
    tweet twelve twenty twice twin two type typical typically ultimately unable unarmed uncertainty uncle under
    understand understanding undoubtedly unemployment unfortunately unidentified union unions unique unit united
    units universal universities university unknown unless unlike unlikely unrest until unusual unveils up update
    upon upper uprising urban urgent urges us use used useful users using usual usually vaccine vaccines valley
    value values vandals various vast vehicle vehicles vendors very vessels veteran veterans veto via victim
    victims victory video videos view viewers views village villagers villages violence violent virtual virus visa
    visas vision visit visitors visual vital vocal voice voices volume volunteers vote voted voter voters votes
    voting vows wages wait waiting wake walk wall walls want wanted wanting wants war warm warming warning
    warnings warns warplanes wars warships was washington's waste watch watching water wave way ways we weak
    wealth wealthy weapon weapons wear weather website weddings wednesday week weekend weekly weeks welcome well
    went were west western what whatever when whenever where whereas wherever whether which while white who
    whoever whole wholesale whom whose why wide widely widespread widow wife wild wildfire wildfires wildlife will
    win wind window winds wine winner winners winning wins winter wish with withdrawals within without witness
    witnesses woman women won wonder wonderful wood word words work workers working workshop world worldwide
    worried worries worry worse worst worth would wounded wounding wow write writer writers writing wrong yeah
    year years yellow yes yesterday yet you young younger youngsters your yours yourself youth youths zero zone
    zones
    """
}
