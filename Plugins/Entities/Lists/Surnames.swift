// Given names and surnames: worldwide ones from general knowledge, and the most frequent ones of the 1990 census of
// the United States (public domain), which the Python package `names` carries.
extension WordLists {
  /// Lower case.
  static let surnames: StaticString = """
    abbas abbott abe abdi abdou abdullahi abiy abramovich abrams abubakar acheampong achebe acosta adamkus adebayo
    adenauer adesina adeyemi afwerki agarwal aguilar ahern ahlberg ahmadi ahmadinejad ahtisaari ainsworth akande
    akhmetov akhtar akihito akintola akufo alarcon albanese albayrak albright alfonsin aliyev allende almagro
    alonso altmaier alvarez amanpour amorim anand ancelotti andersen andersson annan annunziata ansari antall aoun
    aquino arafat araghchi araya arce ardern arias aristide arora arroyo ashton aslam assad assange astori ataturk
    atambayev ayala ayub azarov aziz aznar babis bachelet baerbock bagheri bajwa bakiyev balfour balkenende
    ballmer banda bandaranaike banerjee bangura bannon barak barbosa barghouti barnier barre barrot barroso
    barzani basescu batista bauer bayrou becker beckham bedoya begin belaid benjelloun benkirane bennacer bennett
    bensouda berezovsky bergman berisha berlusconi bernanke bettel bezos bhattacharya bhutto biden bildt biya
    blair blatter blinken bloomberg blix boateng bogdanov bolsonaro bolt bolton bondarenko bonino borge borrell
    borissov botha bouazizi boudiaf bouteflika boutros bouvier brahimi brandao brandt branson bratton brezhnev
    brodsky brzezinski buhari bukele bukharin bulatovic burkhalter buttigieg buzek calderon callamard
    calvino campos cantor capello caputova cardoso carneiro carrasco carvalho casado castillo castro cavaco
    ceausescu cerny chamberlain chan chandrasekhar chang chavez chaudhry cheney cheng chernenko chernomyrdin
    chirac chissano choi chong chow chowdhury christodoulides chu chun churchill ciampi clegg clement cohen colau
    colom comey conte cook correa corbyn costa couto cruz cuomo dacic daladier dalai dang daschle dasgupta dastis
    davutoglu dbeibah deng denktash desai deschamps dhawan dhillon diallo diaz diarra dimitrov diop diouf djokovic
    djukanovic dlamini dmitriev doan dodik dogan dombrovskis dominguez donohoe donskis draghi draskovic drnovsek
    duarte dubcek dubois dumas duque duterte dutt dvorkovich dzerzhinsky eanes ebadi ebrahimi echeverria egeland
    ehlers eichel eisenhower ekwueme elbaradei elkin ellemann engel engels enriquez erdogan erekat eriksson
    espinosa essebsi estrada evren eyadema faki falk farage farrakhan fauci fayyad federer feltman ferguson
    fernandes fernandez ferrari ferreira fico fidanza figueroa filat fillon fiorina fischer flores flynn foley
    fonseca fox fraga francke frattini frei fried fujimori fukuda gabbard gabriel gaddafi gaidar galuzin gandhi
    garang garcia gaspari gates gaulle gauck gbagbo genscher gentiloni georgieva gerashchenko gerasimov gergiev
    ghani ghannouchi ghosh giannis gillard gingrich giscard giuliani goebbels goldberg gomes gomez gomulka gonchar
    gonzalez gonzales gorbachev gore grandi granholm grigorenko grillo gromyko grossi grushko gryzlov guaido
    guardiola guelleh guevara guigou gul gupta gurria gusmao guterres gutierrez guzman gyurcsany haddad hadi
    haftar hagel hague haidar halonen hamdok hammarskjold haniyeh hansen hansson haq hariri harper hasina hatoyama
    havel hawke hayat hayek hegazy heng heusgen hernandez herrera herzog heydrich higgins hitler ho hoang hoffmann
    hollande holbrooke honecker horthy houphouet howard hoxha hoyer huang huckabee hun hussain huynh iacocca
    ibarra ibrahimovic iglesias iliescu inonu iqbal ishiba ismailov issoufou ivanisevic ivanov iwata izetbegovic
    jaafari jackson jaishankar jankovic jansa jansen jaruzelski jatiya javadekar jayawardene jebali jensen jeong
    jia jiang jimenez jinnah johansson johnson jong jospin juncker juppe kabila kaczynski kadyrov kaine kaifu
    kalam kaljulaid kallas kamau kapoor karadzic karamanlis karimov karroubi karzai kasich kasparov kasyanov katz
    kaunda kaur kavanaugh kazemi keating keita kekkonen kenyatta kerimov kerry kerrey khalilzad khamenei khan
    khanna khatami khodorkovsky khomeini khrushchev kibaki kiesinger kiir kikwete kirchner kirienko kirkpatrick
    kishida kissinger klaus klitschko klobuchar koh kohl koizumi koivisto konare kopp korolev kosygin kouchner
    kovac kovacs kovalev koroma kosachev kostunica kozlov kozyrev kravchuk kravchenko kretschmer krishnamurthy
    krugman kruger kuchma kudrin kulkarni kumaratunga kurz kushner kuznetsov kwasniewski labastida lafontaine
    lagarde lagos laghari lam lamberto landsbergis lange larijani larsen larsson laschet lau laurier lavrov
    lebedev lebrun leclerc leclercq lefebvre lehmann lemaire lemmon lenin leon letta leung levy liang lieberman
    lim lin lindner lippi liu ljajic lopez lorenzo loyola lucena lucic lugar lugo lukaku lukashenko lukin lula
    lumumba luo lutsenko luu ly macapagal machado machar macron madani madrid maduro mahathir mahmood maizieres
    maki malanczuk maliki malta mancini mandela mandelson manuel mao marchais marcos marin markovic markle
    marković marquez martelly martinez marx marzouki masaryk mashaal matviyenko mattarella matthaus mattis matsui
    mayer mazowiecki mbeki mbappe mcallister mcauliffe mcbride mccain mccarthy mcconnell mccormick mcdonald
    mcdonnell mcgregor mcguinness mcnamara mea meciar medina medvedev meir mehta meles menem mendes mendez mendoza
    menendez menon merkel merz meshaal messi meyer michel mikati mikoyan miliband milinkevich miller milosevic
    mirza mishra mitsotakis mitterrand mkapa mladenov mladic mnangagwa mnuchin mobutu modi mohamud molina molotov
    monti montoya moon moore morales moreno mori morin morozov morsi mosaddegh moscovici motlanthe mottaki
    moussaoui moustapha moyo mubarak mueller mugabe mukherjee mulroney muller munoz murillo murkowski murthy musa
    musharraf museveni musk mussolini mustafayev mutharika mwangi nagy naidu nair nakamura nakasone napolitano
    narayan nasrallah navalny navarro nazarbayev nehru netanyahu neves ngo nguema nicolas nielsen niinisto
    nikolaev nilsson nimeiri nitish nixon nkrumah nkurunziza noda noriega novak novikov novotny nujoma nuland
    nunes nyerere nyusi obama obasanjo obrador ocampo ochoa odinga okafor okeke okonjo okonkwo olivares oliveira
    olmert olofsson omar onyango opertti orban oreshkin orlov ortega ortiz osinbajo osipov oviedo ouattara ouyahia
    owono ozal ozawa pacheco padilla pahlavi palme palmer pandey panetta papandreou papadopoulos paraskevas parekh
    park parly parnevik pashinyan passy patel patil patrushev patten paulson pavlov pawar pelosi pence peng perdue
    peres perez perkovic peron perot persson peskov petkov petraeus petrov petrova pham phan philippe pietri
    pilsudski pinera ping pinochet pipes platini platt podesta poincare pompeo pompidou ponomarev ponta popescu
    popov poroshenko portillo powell prasad prescott prigozhin primakov prodi prokhorov prudnikov putin qureshi
    qaboos qadri rabbani rabin raffarin rafsanjani rahman rahimi raisi rajapaksa rajaratnam rajoy rajapakse
    rakhmonov ramaphosa ramirez ramos ramzi rao rashid rasmussen rathore rau rawlings reddy rees reid reinfeldt
    renzi requejo reyes reynders riabkov ribbentrop rice rios rivera rivlin roberts rodriguez rogozin roh rojas
    rohani rolle romero romney rosenberg ross rossi rouhani rousseff roy royal rubio rudd ruiz rumsfeld rutte
    ryabkov rybakov ryan ryzhkov saakashvili sabbagh sadat saddam sadr safarov sakharov salazar saleh salgado
    salinas salih salvini samaras sanchez sandoval sangheli sankara santorum saraki sarkozy sarney sattar
    savchenko savimbi sawant scalia schaeuble schauble schmidt schneider scholz schroder schroeder schulz schumer
    schussel schwartz schwarzenegger sechin seehofer selassie sen senghor sessions severin shah shakhrai shamir
    shanahan shapiro sharif sharma sharon shaposhnikov shchukin shevardnadze shevchenko shi shin shinawatra
    shmyhal shoigu shukla shukri sidorov sikorski silva silwal simic simonyan singh sinha sirisena sisi skripal
    slutsky smirnov sobchak sobyanin socrates soeharto sokolov solana solberg solis soltani solzhenitsyn song
    soros sorensen sotomayor sousa souza stalin stalker stanishev starmer steinbrueck steinmeier stephanopoulos
    stoltenberg stoyanov strauss stresemann stroessner suarez subandrio suharto sukarno sun sunak surkov suu
    svensson syromolotov szijjarto tadic taimur takeda talabani tanaka tantawi tarasyuk taspinar tebboune temer
    thaci thapar thatcher thaksin thompson tihic tikhonov tillerson timoshenko tito togliatti tokayev toledo
    torres tran trichet trimble trotsky trudeau truman trump truss tsai tshisekedi tsipras tsvangirai tuan
    turnbull tusk tutu tymoshenko uribe ulbricht ushakov uteem vajpayee valdez vallaud valls vance vanunu varadkar
    vargas varoufakis vasquez vazquez velasquez velayati venizelos verhofstadt verma videla villalobos villepin vo
    vucic volkov volodin voronin vu wade waldheim walesa wallace wang warsame weinberger weber weidmann wen
    westerwelle widodo wiesel wolfensohn wolfowitz wu xi xie xu yadav yanukovych yanukovich yang yar yatsenyuk
    yavlinsky yazov yeltsin yilmaz ying yoon yoshida youlou yousafzai yudhoyono yunus yushchenko zaev zaitsev
    zakharova zapatero zardari zarif zawahiri zedillo zelenskiy zelensky zelenskyy zeman zenawi zeroual zhao zheng
    zhirinovsky zhou zhu zhukov zidane zimmermann zoellick zubkov zuckerberg zuma zyuganov smith williams jones
    brown davis wilson taylor anderson thomas white harris martin robinson clark lewis lee walker allen young king
    wright hill scott green adams nelson carter mitchell turner phillips campbell parker evans edwards collins
    stewart morris rogers reed morgan bell murphy bailey cooper richardson cox ward peterson james watson kelly
    sanders price wood barnes coleman jenkins perry patterson hughes butler simmons foster bryant alexander
    russell griffin hayes myers ford graham sullivan woods cole owens reynolds fisher ellis harrison gibson
    marshall murray freeman wells webb simpson stevens tucker porter hunter hicks crawford henry boyd mason
    kennedy warren dixon burns gordon shaw holmes robertson hunt daniels mills nichols knight stone hawkins dunn
    perkins hudson spencer gardner stephens payne pierce berry matthews arnold wagner willis ray watkins olson
    carroll duncan snyder hart cunningham bradley andrews riley armstrong carpenter weaver greene lawrence elliott
    sims peters kelley franklin lawson fields carr wheeler chapman oliver richards williamson johnston banks
    bishop mccoy howell morrison garza harvey burton stanley nguyen george jacobs kim fuller lynch gilbert garrett
    welch larson frazier burke hanson bowman fowler brewer hoffman carlson pearson douglas fleming byrd davidson
    hopkins may terry soto walters curtis neal caldwell lowe jennings barnett graves horton shelton barrett obrien
    sutton gregory mckinney lucas craig rodriquez chambers holt lambert fletcher watts bates hale pena beck newman
    haynes mcdaniel bush vaughn parks dawson norris hardy steele curry powers schultz barker keller leonard walsh
    ramsey wolfe mullins benson sharp bowen daniel barber cummings hines baldwin griffith hubbard reeves warner
    stevenson burgess santos tate garner mann mack moss thornton dennis mcgee delgado vega glover manning harmon
    rodgers robbins newton todd ingram reese cannon strickland townsend potter goodwin walton rowe hampton patton
    swanson joseph francis goodman maldonado yates erickson hodges conner adkins webster norman malone hammond
    cobb moody quinn blake maxwell floyd osborne paul lindsey gibbs tyler gross fitzgerald stokes doyle sherman
    saunders colon gill alvarado greer simon nunez ballard christensen klein pratt briggs parsons mclaughlin
    zimmerman buchanan moran copeland pittman brady holloway brock poole frank logan owen bass drake wong
    jefferson morton patrick norton huff clayton massey lloyd carson bowers roberson barton harrington casey boone
    cortez clarke mathis singleton wilkins cain bryan underwood hogan mckenzie collier luna phelps mcguire allison
    bridges wilkerson nash summers atkins wilcox pitts conley burnett richard cochran hood clay sawyer roman
    dickerson hodge espinoza nicholson monroe morrow kirk randall anthony whitaker oconnor skinner ware kirby
    huffman charles gilmore oneal bruce lang combs kramer heath hancock gallagher gaines shaffer wiggins mathews
    mcclain melton hensley dyer cameron grimes contreras wyatt baxter mosley shepherd hoover beasley glenn
    petersen whitehead meyers keith garrison vincent shields horn savage olsen hartman woodard kemp deleon booth
    calhoun wiley eaton cline harrell lester humphrey parrish duran hutchinson hess dorsey bullock robles beard
    dalton avila blackwell johns blankenship trevino pruitt moses callahan golden hardin guerra mcdowell carey
    stafford gallegos henson wilkinson booker merritt miranda atkinson orr decker hobbs tanner knox stephenson
    serrano hickman sweeney mcclure conway walter roth maynard farrell lowery hurst weiss trujillo ellison sloan
    juarez winters mclean randolph boyer villarreal mccall gentry carrillo ayers lara shannon sexton leblanc
    browning leach herring bartlett mercado landry barr mckee everett bradshaw pugh velez estes dodson morse
    sheppard camacho barron livingston middleton spears branch blevins chen kerr hatfield harding ashley herman
    giles blackburn william pennington woodward finley mcintosh koch solomon mccullough dudley nolan blanchard
    rivas brennan mejia kane benton joyce buckley haley valentine maddox russo mcknight buck mcmillan crosby berg
    dotson mays roach meadows faulkner oneill knapp kline barry jacobson avery hendricks horne shepard hebert
    cherry cardenas mcintyre whitney waller holman donaldson cantu terrell gillespie fuentes tillman sanford
    bentley peck salas rollins gamble dickson santana cabrera cervantes howe hinton hurley spence zamora mcneil
    petty gould mcfarland sampson carver bray macdonald stout hester melendez dillon farley hopper galloway potts
    bernard joyner stein aguirre osborn mercer bender franco rowland sykes benjamin travis pickett crane sears
    dunlap hayden wilder mckay coffey mccarty ewing cooley vaughan bonner cotton holder stark ferrell cantrell
    fulton lynn lott rosa pollard hooper burch mullen riddle david odonnell michael britt frederick daugherty
    berger dillard alston jarvis frye riggs chaney odom duffy fitzpatrick valenzuela merrill alford mcpherson
    acevedo donovan barrera albert cote reilly raymond mooney mcgowan craft clemons wynn baird stanton snider
    rosales bright witt stuart hays holden rutledge kinney clements castaneda slater hahn emerson conrad burks
    delaney pate lancaster tyson sharpe whitfield talley macias irwin burris ratliff mccray madden kaufman goff
    mcfadden levine byers kirkland kidd workman carney dale mcleod holcomb finch burt hendrix sosa haney franks
    sargent nieves downs hewitt lindsay foreman oneil delacruz vinson dejesus hyde forbes gilliam guthrie wooten
    huber barlow boyle mcmahon buckner rocha puckett knowles cooke velazquez whitley noel vang shea rouse hartley
    mayfield rankin hanna cowan lucero slaughter haas oconnell kendrick shirley kendall boucher archer boggs odell
    dougherty newell crowe friedman bland swain holley felix pearce childs yarbrough galvan proctor meeks lozano
    mora rangel villanueva schaefer rosado helms boyce goss stinson hutchins covington reyna gregg werner crowley
    hatcher mackey bunch womack polk jamison dodd childress childers villa dye springer mahoney dailey belcher
    lockhart griggs connor walden moser tracy tatum mccann akers lutz pryor orozco davies shoemaker rutherford
    newsome magee blanton simms godfrey flanagan crum cordova escobar downing sinclair donahue krueger mcginnis
    farris webber corbett andrade starr yoder hastings mcgrath spivey krause harden crabtree hollis brandon
    arrington ervin clifton ritter mcghee bolden maloney gagnon dunbar ponce pike mayes heard beatty mobley
    kimball butts montes herbert grady eldridge braun hamm gibbons seymour moyer manley herron plummer elmore
    cramer gary rucker hilton pierson fontenot grace goldstein elkins wills john hickey worley gorman dickinson
    broussard fritz woodruff christopher britton forrest nance lehman bingham zuniga whaley shafer coffman steward
    delarosa nix neely mata davila mccabe kessler emery bowling hinkle pagan goins crouch cuevas quinones
    mcdermott hendrickson samuels denton bergeron ivey locke haines thurman snell hoskins byrne milton winston
    arthur stanford roe corbin beltran chappell downey dooley tuttle couch payton mcelroy crockett groves leslie
    cartwright dickey mcgill muniz erwin tolbert dempsey cisneros sewell latham garland vigil tapia sterling
    rainey norwood lacy stroud meade amos tipton kuhn hilliard bonilla teague courtney gunn greenwood reece weston
    poe trent pineda phipps frey kaiser ames paige gunter schmitt milligan carlton bowden vickers lowry pritchard
    costello piper mcclellan lovell drew sheehan hatch dobson jeffries hollingsworth meza fink donnelly burrell
    bruno tomlinson colbert ritchie helton sutherland peoples mcqueen gaston thomason mckinley givens crocker
    vogel robison dunham coker swartz keys lilly ladner hannah willard richter hargrove edmonds brantley murdock
    boswell quintero padgett kenney daly connolly pierre inman quintana lund barnard villegas simons huggins
    tidwell sanderson bullard mcclendon draper meredith marrero dwyer stover goode fraser crews bernal smiley
    godwin conklin mcneal baca esparza crowder bower nicholas chung brewster mcneill dick rodrigues leal coates
    raines mccord miner holbrook dukes carlisle aldridge ackerman starks ricks holliday ferris hairston fountain
    marino doss betts kaplan carmichael bloom ruffin penn kern bowles sizemore larkin dupree jewell seals metcalf
    hutchison henley farr mccauley hankins gustafson curran ash waddell ramey cates pollock irvin cummins messer
    heller dewitt funk cornett palacios galindo cano hathaway aaron pelletier wiseman blount feliciano houser
    doherty mead mcgraw toney swan melvin capps blanco blackmon wesley thomson mcmanus burkett gleason rudolph ott
    dickens cormier voss rushing hurd benitez arellano caudill bragg jaramillo huerta gipson colvin biggs vela
    cassidy tompkins mccollum kay dolan daley crump sneed kilgore grove grimm davison brunson prater marcum devine
    kyle dodge stratton rosas tripp ledbetter lay hightower haywood feldman epps yeager posey sylvester scruggs
    cope stubbs richey overton trotter sprague cordero butcher burger stiles burgos woodson horner bassett purcell
    haskins gee akins abraham hoyt ziegler spaulding hadley grubbs sumner zavala shook lockwood jarrett driscoll
    dahl thorpe sheridan putnam mcwilliams mcrae cornell felton romano joiner sadler hedrick hager hagen fitch
    coulter thacker mansfield langston guidry corley conn lackey cody baez saenz darnell mcmullen mckenna
    mcdonough browne roper peacock eubanks drummond stringer pritchett parham mims landers ham grayson stacy
    schafer egan timmons ohara keen hamlin cortes mcnair louis clifford nadeau moseley michaud rosen oakes kurtz
    jeffers calloway beal bautista winn suggs stern stapleton lyles laird montano diamond dawkins roland hagan
    goldman bryson barajas lovett segura metz lockett langford hinson eastman hooks woody smallwood crowell whalen
    triplett hooker chatman aldrich cahill youngblood ybarra stallings sheets samuel reeder pack lacey connelly
    bateman abernathy winkler wilkes masters hackett granger gillis schmitz sapp lanier weir otero ledford
    burroughs babcock ventura siegel dugan clinton christie bledsoe atwood wray varner spangler otto anaya staley
    kraft fournier eddy belanger wolff thorne bynum burnette boykin swenson purvis pina duvall darby xiong
    kauffman ali healy engle corona benoit valle steiner spicer shaver randle lundy dow chin calvert staton neff
    kearney darden oakley medeiros mccracken crenshaw block beaver dill whittaker tobin cornelius washburn hogue
    goodrich easley bravo dennison vera shipley kerns jorgensen crain abel maurer longoria keene coon sierra
    witherspoon staples pettit kincaid eason echols lusk stahl currie thayer shultz sherwood mcnally seay maher
    kenny gagne barrow nava myles moreland honeycutt hearn diggs caron whitten westbrook stovall ragland munson
    meier looney kimble jolly hobson goddard culver burr presley negron connell tovar marcus huddleston ashby
    salter root pendleton oleary nickerson myrick judd jacobsen elliot bain adair starnes sheldon matos busby
    herndon hanley bellamy jack doty bartley yazzie rowell parson gifford cullen christiansen benavides barnhart
    talbot mock crandall connors whitt gage arredondo addison marion lujan dowdy jernigan bouchard dutton rhoades
    ouellette kiser rubin herrington hare denny blackman babb allred ogden koenig jacob irving geiger begay parra
    lassiter hawk esposito cho waldron vernon ransom prather keenan jean grover chacon vick sands roark parr
    mayberry greenberg coley bruner whitman skaggs shipman leary hutton romo medrano ladd kruse askew valentin
    alfaro tabor mohr gallo bermudez pereira isaac bliss reaves comer woodall naquin delong carrier pickens tilley
    schaffer knutson fenton doran vogt vann mclain landis corcoran ambrose zapata hyatt hemphill faulk dove
    boudreaux whitlock trejo tackett shearer saldana hanks mckinnon koehler champagne bourgeois keyes goodson
    foote lunsford goldsmith winslow sams reagan mccloud hough esquivel naylor loomis coronado ludwig braswell
    bearden sherrill fagan ezell edmondson cyr cronin nunn lemon guillory grier dubose traylor ryder dobbins coyle
    aponte whitmore smalls rowan malloy cardona braxton borden humphries ruff metzger huntley hinojosa finney
    madsen hong ernst dozier burkhart bowser peralta daigle whittington sorenson saucedo roche redding loyd fugate
    avalos waite lind huston benedict hawthorne hamby boyles boles regan faust crook beam barger hinds gallardo
    elias willoughby willingham wilburn eckert busch zepeda worthington tinsley russ hoff hawley carmona varela
    rector newcomb mallory kinsey dube whatley ragsdale ivy bernstein becerra yost mattson felder cheek luke handy
    grossman gauthier escobedo braden beckman mott hillman gil flaherty dykes doe stearns lofton kitchen coats
    cavazos beavers barrios tang mosher cardwell coles burnham weller lemons beebe aguilera parnell harman couture
    alley schumacher redd dobbs blum blalock merchant ennis denson cottrell chester brannon bagley aviles watt
    rosenthal rooney dietz blank paquette mcclelland duff velasco lentz grubb burrows barbour ulrich shockley
    rader beyer mixon layton altman alonzo weathers titus stoner squires shipp lipscomb cutler caballero zimmer
    willett thurston storey medley lyle epperson mcmillian baggett torrez hirsch dent corey poirier peachey
    jacques farrar creech barth dupre albrecht sample lawler crisp conroy chadwick wetzel nesbitt murry jameson
    wilhelm minton matson kimbrough iverson guinn gale fortune croft toth pulliam nugent newby littlejohn dias
    canales bernier barney singletary renteria pruett mchugh mabry landrum brower weldon stoddard ruth cagle
    stjohn scales kohler kellogg hopson gant tharp gann zeigler pringle hammons fairchild deaton chavis carnes
    rowley matlock libby kearns irizarry carrington starkey pepper lopes jarrell fay craven beverly baum
    littlefield linn humphreys hook etheridge cuellar chastain bundy speer skelton quiroz pyle ponder moulton
    killian hutson hitchcock ellsworth dowling cloud burdick spann pedersen levin leggett hayward hacker dietrich
    beaulieu barksdale wakefield snowden briscoe bowie berman ogle laughlin helm burden wheatley schreiber
    pressley parris alaniz agee swann snodgrass schuster radford mattingly lamar harp girard yancey wagoner ridley
    lombardo hudgins gaskins duckworth coe coburn willey prado newberry magana hammonds elam whipple slade serna
    ojeda liles dorman diehl angel upton reardon michaels kelsey goetz eller bauman baer augustine layne hummel
    brenner amaya adamson ornelas dowell cloutier christy castellanos wing wellman saylor orourke moya montalvo
    kilpatrick harley durbin oldham kang garvin foss branham bartholomew templeton maguire holton rider monahan
    mccormack beaty anders streeter nieto nielson moffett lankford heck gatlin delatorre callaway adcock worrell
    unger robinette nowak jeter brunner steen parrott overstreet nobles montanez luther clevenger brinkley trahan
    quarles pickering pederson grantham gilchrist crespo aiken schell schaeffer lorenz leyva harms dyson wallis
    pease leavitt hyman cavanaugh batts warden seaman rockwell quezada paxton linder houck fontaine durant caruso
    adler pimentel mize lytle donald cleary cason acker switzer salmon isaacs higginbotham han waterman vandyke
    stamper sisk shuler riddick redman mcmahan levesque hatton bronson bollinger arnett okeefe gerber gannon
    farnsworth baughman silverman satterfield mccrary kowalski joy grigsby greco cabral trout rinehart mahon
    linton gooden curley baugh wyman weiner schwab schuler morrissey mahan coy bunn andrew thrasher spear waggoner
    shelley robert qualls purdy mcwhorter mauldin mark jordon gilman perryman newsom menard martino graf
    billingsley artis simpkins quintanilla gilliland fraley foust crouse scarborough grissom fultz rico marlow
    markham madrigal lawton barfield whiting varney schwarz huey gooch wheat truong poulin mackenzie leone hurtado
    selby gaither fortner culpepper coughlin brinson boudreau barkley bales stepp holm tan schilling morrell kahn
    heaton gamez douglass causey turpin shanks schrader meek isom hardison carranza yanez scroggins schofield
    runyon ratcliff murrell moeller irby currier butterfield yee ralston pullen pinson estep carbone lance hawks
    ellington casillas spurlock sikes motley mccartney isbell houle francisco burk bone tomlin shelby quigley
    neumann lovelace fennell colby cheatham bustamante skidmore hidalgo forman culp bowens betancourt robb rea
    milner martel gresham wiles ricketts gavin dowd collazo bostic blakely sherrod kenyon gandy ebert deloach cary
    allard sauer robins gillette chestnut bourque paine lyman hite hauser devore crawley chapa tobias talbert
    poindexter millard meador mcduffie mattox kraus harkins choate bess wren sledge sanborn outlaw kinder geary
    cornwell barclay adam abney seward rhoads howland fortier benner vines tubbs troutman rapp noe mccurdy harder
    deluca westmoreland havens guajardo ely clary seal meehan guillen ashcraft waugh renner milam jung elrod
    buford breaux bolin asher windham tirado pemberton nolen noland knott emmons cornish christenson brownlee
    barbee waldrop pitt olvera lombardi gruber gaffney eggleston archuleta slone prewitt pfeiffer nettles mena
    mcadams henning gardiner cromwell chisholm burleson vest oglesby mccarter malcolm lumpkin larue grey wofford
    vanhorn thorn teel swafford stclair stanfield herrmann hannon arsenault roush mcalister hiatt gunderson
    forsythe duggan delvalle cintron wilks weinstein rizzo noyes mclendon gurley bethea winstead maples harry
    guyton giordano valdes polanco pappas lively grogan griffiths bobo arevalo whitson sowell rendon matthew
    julian farrow edmond benavidez ayres alicea stump smalley seitz schulte gilley gallant dewey casper canfield
    wolford omalley mcnutt mcnulty mcgovern hardman cowart chavarria brink beckett bagwell armstead anglin abreu
    reynoso krebs jett greenfield forte burney broome sisson parent jude trammell partridge marvin mace lomax
    lemieux gossett frantz fogle cooney broughton paulsen neil muncy mcarthur hollins edward beauchamp withers
    osorio mulligan hoyle foy dockery cockrell begley amador roby rains lindquist gentile everhart bohannon wylie
    thao sommers purnell palma fortin dunning breeden vail phelan cosby colburn boling biddle ledesma gaddis
    denney bueno berrios wicker tolliver thibodeaux nagle lavoie fisk crist reedy locklear kolb himes behrens
    beckwith weems wahl shorter shackelford muse cerda valadez thibodeau saavedra ridgeway reiter mchenry majors
    lachance keaton ferrara falcon clemens blocker applegate paz needham mojica kuykendall hamel escamilla doughty
    burchett wilbur vidal upchurch thigpen spruill sowers riggins ricker mccombs harlow garnett buffington sotelo
    olivas negrete morey macon logsdon lapointe cathey bigelow bello westfall stubblefield lindley jeffrey hein
    hawes farrington edge breen birch wilde steed sepulveda reinhardt proffitt minter messina mcnabb maier keeler
    gamboa donohue dexter basham shinn crooks cota borders bachman tisdale tavares schmid pickard jasper gulley
    delossantos condon clancy wicks wadsworth martell littleton ison haag folsom brumfield broyles brito mireles
    leclair hamblin gough fanning binder winfield whitworth soriano palumbo newkirk mangum hutcherson comstock
    cecil carlin beall bair wendt watters walling putman otoole oliva morley mares lemus keener jeffery hundley
    dial damico billups strother mcfarlane lamm eaves crutcher caraballo canty atwell taft siler rust rawls prieto
    niles mcneely mcafee hulsey harlan hackney galvez escalante delagarza crider charlton bandy wilbanks stowe
    steinberg samson renfro masterson massie lanham haskell hamrick dehart burdette bourne babin aleman worthy
    tibbs sweat smoot slack paradis packard mull luce houghton gantt furman danner christianson burge broderick
    ashford arndt almeida stallworth shade searcy sager noonan mclemore mcintire maxey lavigne jobe ferrer edgar
    coffin byrnes aranda apodaca stamps rounds peek olmstead lewandowski kaminski dunaway bruns brackett amato
    reich mcclung lacroix koontz herrick hardesty cousins cato cade vickery shank nagel dupuis croteau cotter
    cable stuckey stine porterfield pauley nye moffitt knudsen hardwick goforth dupont blunt barrows barnhill
    shull rash ralph penny loftis lemay kitchens horvath grenier fuchs culbertson calkins burnside beattie
    ashworth albertson wertz vaught vallejo tyree tuck tijerina sage picard peterman otis marroquin marr lantz
    demarco cone berube barnette wharton stinnett slocum scanlon sander pinto mancuso headley epstein counts
    clarkson carnahan brice boren arteaga adame zook whittle whitehurst wenzel saxton rhea reddick puente hazel
    handley haggerty earley devlin chaffin cady ahmed acuna solano sigler pollack pendergrass ostrander janes
    francois crutchfield cordell chamberlin brubaker baptiste willson reis neeley mullin mercier lira layman
    keeling higdon guest forrester espinal dion chapin carl warfield pulido peebles montague mello lear jaeger
    hogg graff furr derrick cave soliz poore mendenhall mclaurin maestas gable belt barraza tillery snead neill
    mcculloch mccorkle lightfoot hutchings holloman harness dorn bock zielinski turley treadwell stpierre starling
    somers oswald merrick marquis ivory easterling bivens truitt poston parry ontiveros olivarez neville moreau
    medlin lenz knowlton fairley cobbs chisolm bannister woodworth toler ocasio neuman moye milburn mcclanahan
    lilley hanes flannery dellinger danielson conti blodgett beers weatherford strain karr hitt denham custer
    coble clough casteel bolduc batchelor ammons whitlow tierney staten sibley seifert schubert salcedo mattison
    laney haggard grooms dix dees cromer cooks colson caswell zarate swisher stacey ragan pridgen mcvey matheny
    leigh lafleur franz ferraro dugger whiteside rigsby mcmurray jacoby hildebrand hendrick headrick goad fincher
    drury borges archibald albers woodcock trapp soares seaton richie monson luckett lindberg keeton hsu healey
    garvey gaddy fain burchfield badger wentworth strand stack spooner saucier ruby ricci plunkett pannell ness
    leger hoy freitas fong elizondo duval calvin beaudoin urbina rickard partin moe mcgrew mcclintock ledoux
    forsyth faison devries bertrand wasson tilton scarbrough pride larry garber denning corral colley castleberry
    bowlin bogan beale baines trice rayburn parkinson pak mcmillen leahy lea kimmel higgs fulmer carden bedford
    taggart spearman prichard morrill koonce heinz hedges guenther grice findley earle creighton boothe bayer
    arreola vitale valles raney peter osgood lowell hanlon burley bounds worden weatherly vetter stiltner nevarez
    mosby montero melancon harter hamer goble gladden gist ginn akin tarver sammons royster oreilly muir morehead
    luster kingsley kelso grisham glynn baumann alves yount tamayo tam paterson oates longo hargis greenlee gillen
    desantis conover breedlove wayne sumpter scherer rupp reichert heredia fallon creel cohn clemmons casas
    bickford belton bach williford whitcomb tennant sutter stull mccallum manson langlois keel keegan emanuel
    dangelo dancy damron clapp clanton bankston mintz mcinnis martens mabe laster jolley hildreth hefner glaser
    duckett demers brockman blais alcorn agnew toliver tice seeley najera musser mcfall laplante galvin fajardo
    coyne copley clawson cheung barone wynne woodley tremblay stoll sparrow sparkman schweitzer sasser samples
    roney ramon legg lai joe heim farias concepcion colwell christman bratcher alba winchester upshaw southerland
    sorrell shay mccloskey martindale luttrell loveless lovejoy linares latimer holly embry coombs bostick venable
    tuggle toro staggs sandlin jefferies heckman griffis crayton clem button browder allan thorton sturgill
    sprouse royer rousseau ridenour pogue perales peeples metzler mccutcheon mcbee jay hornsby heffner corrigan
    armijo vue romeo plante peyton paredes macklin hussey hodgson granados frias carman brent becnel batten
    almanza turney teal sturgeon meeker mcdaniels limon keeney kee hutto holguin gorham fishman fierro blanchette
    rodrigue osburn oden lerma kirkwood keefer haugen hammett chalmers carlos brinkman baumgartner zhang valerio
    tellez steffen shumate sauls ripley kemper jacks guffey evers craddock blaylock banuelos balderas wooden
    wheaton shuman pointer mosier mccue ligon kozlowski johansen ingle briones snipes rickman pipkin pantoja
    orosco moniz lawless kunkel hibbard galarza enos bussey settle schott salcido perreault mcdougal mccool haight
    garris ferry easton conyers atherton wimberly utley stephen spellman smithson slagle ritchey rand petit
    osullivan oaks nutt mcvay mccreary mayhew knoll jewett harwood hailey cardoza ashe arriaga andres zeller wirth
    whitmire stauffer rountree redden mccaffrey martz loving larose langdon humes gaskin faber doll devito cass
    almond wingfield wingate villareal tyner smothers severson pennell maupin leighton janssen hassell hallman
    halcomb folse fitzsimmons fahey cranford bolen battaglia wooldridge weed trask rosser regalado mcewen keefe
    fuqua echevarria domingo caro boynton andrus viera vanmeter taber spradlin seibert provost prentice oliphant
    laporte hwang hatchett hass greiner freedman covert chilton byars wiese venegas swank shrader roderick roberge
    mullis mortensen mccune marlowe keck isaacson hostetler halverson gunther griswold gerard fenner durden
    blackwood bertram ahrens sawyers nabors mcswain mackay loy lavender lash labbe jessup hubert fullerton donnell
    cruse crittenden correia centeno caudle canady callender winfrey tribble tom styles salley roden musgrove
    minnick fortenberry carrion bunting bethel batiste woo whited underhill stillwell silvia rauch pippin perrin
    messenger lister kinard hartmann fleck wilt treadway thornhill spalding sam rafferty pitre patino ordonez
    linkous kelleher homan galbraith feeney dorris curtin coward camarillo buss bunnell beeler autry alcala witte
    wentz stidham shively nunley meacham martins lemke kaye hynes horowitz hoppe holcombe estrella dunne derr
    cochrane brittain bedard beauregard torrence strunk soria simonson shumaker scoggins packer oconner moriarty
    leroy kuntz ives hutcheson horan hales garmon fitts dell bohn atchison wisniewski vanwinkle sturm sallee
    prosser moen lundberg kunz keane jorgenson jaynes funderburk freed frame durr creamer cosgrove candelaria
    batson vanhoose thomsen teeter sommer smyth sena redmon orellana maness lennon heflin goulet frick forney
    bunker asbury aguiar talbott southard pleasant mowery mears krieger hickson gracia elston duong delgadillo
    dasilva conaway catron bruton bradbury bordelon bivins bittner bergstrom beals abell whelan travers tejada
    pulley pino norfleet nealy maes loper gerald gatewood frierson freund finnegan cupp covey catalano boehm bader
    walston tenney sipes roller rawlins medlock mccaskill mccallister marcotte maclean hughey henke harwell
    gladney gilson dew chism caskey baylor villasenor veal van stegall shore petrie nowlin navarrete muhammad
    lombard loftin lemaster kroll kovach kimbrell kidwell hershberger fulcher eng cantwell bustos boland bobbitt
    binkley wester weis verdin tong tiller sisco sharkey seymore rosenbaum rohr quinonez pinkston malley logue
    lessard lerner lebron krauss klinger halstead haller getz burrow brant alger victor shores scully pounds
    pfeifer perron nelms munn mcmaster mckenney manns knudson hutchens huskey goebel flagg cushman castellano
    carder bumgarner blaine bible wampler spinks robson neel mcreynolds mathias maas loera kasper jose jenson
    florez coons buckingham brogan berryman wilmoth wilhite thrash shephard seidel schulze roldan pettis obryan
    mackie hatley frazer fiore chesser bui bottoms bisson benefield allman wilke timm shifflett mundy milliken
    mayers leake kohn huntington horsley hermann guerin fryer frizzell foret flemming fife criswell carbajal
    bozeman boisvert archie antonio angulo wallen tapp silvers ramsay oshea orta moll mckeever mcgehee luciano
    linville kiefer ketchum howerton groce gaylord gass fusco corbitt blythe betz bartels amaral aiello yoo weddle
    troy sperry seiler runyan raley overby osteen olds mckeown mauro matney lauer lattimore hindman hartwell
    fredrickson fredericks espino carswell cambell burkholder august woodbury welker totten thornburg theriault
    stitt stamm stackhouse simone scholl saxon rife razo quinlan pinkerton olivo nesmith nall mattos leak lafferty
    justus giron geer fielder eagle drayton dortch conners conger chau boatwright billiot barden armenta antoine
    tibbetts steadman slattery sides rinaldi raynor rayford pinckney pettigrew nickel milne matteson halsey
    gonsalves fellows durand desimone cowley cowles brill barham barela barba ashmore withrow valenti tejeda
    spriggs sayre salerno peltier peel merriman matheson lowman lindstrom hyland homer giroux fries frasier earls
    dugas damon dabney collado briseno baxley andre whyte wenger vanover vanburen thiel schindler schiller rigby
    pomeroy passmore marble manzo mahaffey lindgren laflamme greathouse fite calabrese bayne yamamoto wick townes
    reinhart peeler naranjo montez mcdade mast markley marchand leeper kong kellum hudgens hennessey hadden gainey
    """
}
