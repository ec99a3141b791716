// Given names and surnames: worldwide ones from general knowledge, and the most frequent ones of the 1990 census of
// the United States (public domain), which the Python package `names` carries.
extension WordLists {
  /// Lower case; the first name of a person.
  static let givenNames: StaticString = """
    aaron abbas abdel abdul abdulaziz abdulhamid abdullah abdulrahman abdur abebe abel abhijit abhishek abigail
    abraham abu achille achim adam adama adel adele adil adnan adolf adrian adriana adrien agnes agnieszka agustin
    ahmad ahmed ahmet aicha aida aigul aisha aidan ajay akbar akhmat akira akram alain alan alasdair albert
    alberto aldo alec alejandra alejandro aleksandar aleksander aleksandr aleksandra aleksei aleksey alena
    alessandra alessandro alex alexa alexander alexandra alexandre alexandros alexei alexey alexis alfonso alfred
    alfredo ali alia alice alicia alina alireza alison alistair alla allan allen alma almazbek alois alok alpha
    alvaro alvin amadou amal amanda amar amartya amelia amin amina aminata amir amira amit amitabh amos amr amy
    anastasia anatole anatoli anatoly anders andre andrea andreas andree andrei andrej andres andrew andrey andriy
    andrzej andy anees angela angelina angelo angus anil anita anja anjali ann anna annalena anne anneke annette
    annie anouar anselm anthony antje anton antonella antoni antonia antonin antonio antonis anwar aoife apostolos
    archana archie ariel arif aris aristide arkady arlene armand armando armen armin arnaud arne arnold aroldis
    aron arseniy arsene artem arthur arturo arun arvind asa asad asha ashley ashok ashraf asif askar aslan asma
    astrid athanasios atif atul aubrey audrey augusto aung aurelie aurelio aurora austin avi avigdor avraham axel
    aya ayman aymeric aysel ayse aziz aziza azmi babak babar bahaa bahram bakhtiyar balazs balint balwinder barack
    barak barbara barney barry bart bartosz bashar basim bassam bastian baudouin beata beatrice beatriz ben
    benazir benedict benedikt benedetta beniamino benigno benito benjamin benny benoit bernard bernardo bernd
    bernhard bernice bernie bert bertrand beth bethany betty beverly bhupinder bianca bibi bikram bilal bilawal
    birgit bjorn blaise blanca bob bobby bogdan boris borislav borja boubacar boyko brad bradley brahim brandon
    brenda brendan brett brian bridget brigitte brittany bronislaw bruce bruno bryan bryony burhan byron caitlin
    calvin cameron camila camilla camille carl carla carles carlo carlos carmen carol carole caroline carolyn
    carrie carsten casey caspar cassandra catalina caterina catherine cathy catriona cecile cecilia cedric celia
    celine cem cesar cezary chad chaim chandra chandrika chantal charlene charles charlie charlotte chen chelsea
    cheryl chiara chidi chinedu chinua chloe chris christa christelle christian christiana christiane christianne
    christina christine christoph christophe christopher chuck chuka cian ciaran cindy claire clara clarence
    clarisse claude claudia claudine claudio clay clayton clement clemens cleo cliff clifford clint clinton clive
    clotilde colette colin colleen colm condoleezza connor conor conrad constance constantin cora corinne cornelia
    cornelius corey cory courtney craig cristian cristiano cristina cristobal curtis cynthia cyril cyrus czeslaw
    dagmar daisuke dale dalia dalton damian damien damon dan dana daniel daniela daniele daniella danielle danilo
    danish danny dante daria dario dariusz darko darrell darren daryl dave david davide davis dawid dawn dean
    deborah debra declan deepak deepika deirdre demetrius demetris denis denise dennis derek dermot desmond devin
    diana diane didier diego dieter dilip dilma dimitar dimitri dimitris dina dinesh dino diogo dirk dmitri
    dmitriy dmitry dmytro dolores dominic dominik dominika dominique donald donatella donna dora doreen dorian
    doris dorota dorothy doug douglas dragan draginja dries duncan dustin dusan dwayne dwight dylan eamon ebrahim
    eddie eddy edgar edgars edith edmond edmund edouard eduard eduardo edward edwin efrain efraim egon ehud eileen
    einar ekaterina elaine elena eleni eleanor elias elif elijah elinor eliot elisa elisabeth elise elizabeth ella
    ellen elliot elliott elmar eloise elon elsa elton elvira emanuel emeka emil emile emilia emiliano emilio emily
    emine emir emma emmanuel emmanuelle emre enda engin enrico enrique eric erica erich erik erika erin ermias
    ernest ernesto ernst erwin esmail esteban estelle ester esther ethan etienne eugen eugene eugenia eva evan
    evangelos eve evelyn evgeny evo ewa ezekiel ezra fabian fabiana fabien fabio fabrice fadi fahad faisal faiz
    farah fares farhad farid farida farouk faruk fatih fatma fatou fawzi faye fayez federica federico fedor feliks
    felicia felicity felipe felix femi fethullah ferdinand ferenc fergus fernanda fernando fidel filip filippo
    fiona firas flavia flavio florence florent florian folake fouad fran francesca francesco francis francisca
    francisco franck franco francois francoise frank frankie franklin frans franz fraser fred freddie freddy
    frederic frederica frederick frederik freya friedrich fritz fuad fumio gabriel gabriela gabriele gabriella
    gael gaetano gail galina gareth garry gary gaspard gaston gautam gavin gemma gene genevieve gennady geoff
    geoffrey george georges georgi georgina georgios georgy gerald geraldine gerard gerardo gerd gerhard gerry
    gertrude ghassan gheorghe giacomo giancarlo gianfranco gianluca gianluigi gianni gideon gilbert gilberto giles
    gilles gillian gina gino giorgi giorgia giorgio giorgos giovanna giovanni girish gisele giuliana giulia giulio
    giuseppe gladys glen glenda glenn gloria godfrey gonzalo gopal goran gordon gottfried graca grace graeme
    graham grant grazyna greg gregg gregor gregorio gregory greta gretchen grigory grzegorz guillaume guillermo
    gulbuddin gunnar gunter gus gustav gustavo guy gwen gwendolyn gyorgy habib hadi hafez hafiz haider haile
    hailemariam haim haitham hakan hakeem hakim hala halima hamad hamdan hamdi hamed hamid hamza hana hani hanna
    hannah hannes hanno hans harald harish harold haroun harriet harris harrison harry haruhiko haruki harvey
    hasan hashem hashim hassan hatem hawa hazel hazem heather hector heidi heiko heinrich heinz helen helena
    helene helga helge helmut hendrik henning henri henrietta henrik henrique henry herbert herman hermann hernan
    hicham hideki hideo hieronymus hilary hilda hillary hinrich hiroshi hisham holger holly honore horacio horst
    horace hosni hossein howard hrant hryhoriy huda hugh hugo humberto humphrey hussain hussein hyun ian ibrahim
    ibrahima ida idris ieva ignacio igor iker ilan ilham ilhan ilir ilya imad iman imran ina indira indra ines
    inga inge ingeborg ingo ingrid ingvar innocent ioana ioannis ion ira irakli irena irene irfan iris irina irma
    irving isaac isabel isabella isabelle isaias isaiah ishmael islam ismail ismael israel istvan itamar itzhak
    ivan ivana ivanka ivica ivo iwona izabela jaafar jabari jack jackie jacob jacqueline jacques jaime jair jake
    jakob jakub jalal jaleel jamal james jameson jamie jamil jan jana jane janet janez janice janine janis janusz
    jared jarek jaroslav jaroslaw jasmine jason jasper javad javed javier jawad jay jaya jayne jean jeanette
    jeanine jeanne jeb jed jeff jefferson jeffrey jelena jemima jen jenna jennifer jenny jens jerald jeremiah
    jeremy jermaine jerome jeronimo jerry jerzy jess jesse jessica jesus jibril jill jim jimmy jing jitendra
    joachim joan joana joanna joanne joao joaquin jochen jodie joe joel joelle johan johann johanna johannes john
    johnnie johnny jon jonah jonas jonathan joni jordan jordi jorg jorge jorn jose josef josefina joseph josephine
    josh joshua josip josko josue joy joyce jozef juan juana juanita judith judy juha jukka jules julia julian
    juliana julianne julie julien juliet julieta juliette julio julius juma junichiro jurgen juri justin justine
    justyna jyoti kaan kaja kaisa kalle kamal kamala kamel kamil kamran karel karen karim karin karina karl karla
    karol karolina karsten kasim kaspar kassym kasia kate katarina katarzyna katherine kathleen kathrin kathryn
    kathy katia katie katja katrin katrina katsuya kavita kay kazuo keir keisuke keith kelechi kelly kelvin kemal
    ken kenan kendall kendra kengo kenneth kenny kenji kent kenzo kerry kerstin kevin khadija khaled khalid
    khalifa khalil khamis khurram kieran kiki kim kimberly kinga kiran kirill kiril kirk kirsten kirsty kit kjell
    klaas klaus klement koichi kofi kojo koffi konrad konstantin konstantinos korbinian kris krishna kristalina
    kristen kristi kristian kristin kristina kristine kristof kristoffer krystyna krzysztof kumar kurt kwabena
    kwame kwasi kyle kylian kylie kyriakos lachlan ladislav laila lakshmi lalit lamar lamine lana lance larissa
    larry lars lasse laszlo latifa laura laure laurel lauren laurence laurent laurie lavrenty lawrence layla lazar
    lea leah leandro lech lee leena leif leigh leila leland lena lenka lennart lenny leo leon leona leonard
    leonardo leonid leonidas leonie leonor leopold leroy lesley leslie lester leticia lev levan levi levon lewis
    leyla lia liam lidia liesbeth lilian liliana lillian lily lina linda lindsay lindsey linus lionel lisa
    liselotte liz liza lizzie ljubomir lloyd logan lola lorena lorenzo loretta lori lorna lorraine lothar lou
    louis louisa louise loujain lubna luc luca lucas lucia luciana luciano lucie lucien lucille lucinda lucy
    ludmila ludovic ludwig luigi luis luisa luka lukas lukasz luke luther luz lydia lyle lyn lynda lynn lynne
    lyudmila maarten mabel maciej mads mae maged maggie magda magdalena magnus maha mahamadou mahamat maher
    mahinda mahmoud mahmud mai maia maimouna maithripala majid makoto malala malcolm malek malgorzata malik
    mallory mamadou mamoru mandy manfred manmohan manolis manoj mansour mansoor manu manuel manuela mara marc
    marcel marcela marcelo marcia marcin marcio marco marcos marcus marek margaret margarita margherita margot
    marguerite mari maria mariam marian mariana marianne mariano marie mariella marija marijan marika marilyn
    marina marino mario marion maris marisa marissa marius mariusz mariya marjan marjorie mark markku marko markus
    marlene marlon marquis marta martha marthe martin martina martine marty marvin marwa marwan mary maryam maryna
    masa masato masoud massimo mateo mateusz mathias mathieu mathilde matilda matteo matthew matthias matthieu
    matti matt maud maureen maurice mauricio maurizio mauro max maxim maxime maximilian maxine maya mayra mayumi
    meera megan meghan mehdi mehmet meir mel melanie melania melinda melissa melvin meng mercedes meredith mette
    mia micah michael michaela michal michel michela michele michelle mick mickey micheal miguel mihai mihail
    mikael mike mikhail mikheil mikko mikulas mila milena milica milorad milos miloslav milton mina mindaugas minh
    ming mira miranda mireille miriam miro miroslav mirjana mitch mitchell mitsuko moa mohamad mohamed mohammad
    mohammed mohan mohd mohsen mohsin moira moises molly momcilo mona monica monika monique montserrat morgan
    moritz morris morteza morten moses moshe mostafa moussa muammar muhammad muhammadu muhannad mukesh mukhtar
    mulatu munir murad murat muriel murray musa mustafa mustapha myriam myron nabil nada nadia nadine nadezhda
    naftali nagla nahid najib najla nalini namrata nana nancy naomi narendra naser nasir nasrin nasser natalia
    natalie natasha nathalie nathan nathaniel navid nawaf nawaz nayib nazanin nazli ndidi neal ned neha neil nelly
    nelson nena nestor neville ngozi nguyen nia niall nicholas nick nicki nicky nicola nicolae nicolas nicole
    nicos niels nigel nihad nika niki nikita nikki niklas niko nikol nikola nikolai nikolaj nikolaos nikolas
    nikolaus nikolay nikos nils nima nina nino nisha nitin noah noam noel noelle noemi nobuo nora norbert noor
    noreen nouri nuno nur nuri nuria nursultan oded odette odile ofer ola olaf olafur olav ole oleg oleh oleksandr
    oleksiy olena olga olive oliver olivia olivier olli olof olusegun omar omer omid ondrej oprah oren oriol
    orlando orly oscar oskar osama osman othman otto oumar oussama ousmane owen oya ozan ozlem pablo paddy pal
    pamela paola paolo parvez parviz pascal pascale pat patrice patricia patricio patrick patrik patrycja patti
    patty paul paula paulina pauline paulo pavel pavlo pavlos pawel pedro peggy penelope penny percy pernille
    perry pervez peter petr petra petri petro petros petteri phil philip philipp philippa philippe phillip phoebe
    phyllis pia pierluigi piero pierre pieter pietro pilar pinar piotr pius polly poul prabowo pramod prakash
    pranab pranav prasad prashant pratibha praveen preeti priscilla priti pritam priya priyanka prosper qasem
    qasim quentin quincy rachel rachid radek radoslaw radovan rafael rafaela rafal rafiq rafik raghuram rahim
    rahul raila raimund rainer raissa raj raja rajat rajendra rajesh rajiv rajnath raju rakesh ralf ralph ram rama
    ramazan ramesh rami ramin ramiro ramon ramona ramzan ramzi randall randolph randy rani ranil rania raphael
    raquel rashad rashid rashida rasmus rastislav ratan raul ravi ray raymond razia reagan rebecca recep reem
    reggie regina reginald reham reiner reinhard reinhold rene renata renate renato renaud renzo reuben reuven rex
    reza rhys ricardo riccardo richard rick ricky rigoberto riley rima rishi rita roald rob robbie robert roberta
    roberto robin robyn rocio rod roderick rodney rodolfo rodrigo rodrigue roger rohan rohit roland rolf romain
    romano romelu romeo ron ronald ronaldo ronan ronnie rory rosa rosalie rosalind rosamund rosanna roscoe rosie
    ross rowan roxana roy ruben rubens ruby rudolf rudy rufus rui rupert rushdi russ russell rustam ruth ryan
    ryszard saad saadi sabah sabina sabine sabrina sachin sadiq sadio safaa sahle saif sajid sakari sakina salah
    saleh salim salma salman salome salva salvador salvatore sam samantha samar sameh sami samia samir samira
    sammy samson samuel samuele sana sandeep sander sandra sandrine sandro sang sanjay sanjeev sanna saqib sara
    sarah sardar sarfraz sasha saskia satoshi satya saul sayed scott sean sebastian sebastiano sebastien seif
    selim selma semyon seth serena serge sergei sergej sergey sergi sergio serhiy servais sevgil seyed seymour
    shafiq shah shahbaz shahid shahram shakil shakira shamil shane shannon sharif sharon shashi shaun shawn sheikh
    sheila shelley shelly shen sherif sheryl shigeru shimon shin shinzo shira shirin shirley shivraj shlomo shmuel
    shoaib shoji shyam sibel sibusiso sidney sidonie siegfried sigmar sigmund signe sigrid silje silke silva
    silvana silvia silvio simeon simon simona simone sina sinead siobhan sita slavica slobodan smriti sofia sofie
    solange solomon soma sonali sonia sonja sonya sophia sophie soraya soren spencer spiros srdjan sri stacey
    stacy stan stanislas stanislav stanislaw stanley stavros stefan stefani stefania stefanie stefano steffen
    steingrimur stelios stella sten stephan stephane stephanie stephen steve steven stewart stig stuart subhash
    sue sufian suleiman suleyman sultan suman sumit sunil suraj suresh surendra surya susan susana susanna susanne
    susie sushil sushma suzanna suzanne suzy sven svein svetlana svitlana syed sylvain sylvester sylvia sylvie
    tadeusz taha tahir takashi takeshi tal talal talat tamar tamara tamas tamim tammy tania tanja tansu tanya tara
    tarek tareq tariq taro tatiana tatyana tawakkol tayfun taylor tayyip ted temir terence teresa teri terrance
    terrell terry tess tessa thabo thaddeus thanasis thea thelma theo theodor theodora theodore theodoros theresa
    therese thibaut thierry thiago thomas thor thorbjorn thorsten tiago tibor tiffany tihomir till tim timo
    timothy timur tina tito titus tobias toby todd tom toma tomas tomasz tomislav tommaso tommy tomoko toni tony
    tor torben tore torsten toshihiro toshiro tracey tracy travis trent trevor tricia tristan troels troy tsai
    tsering tsipi tsvetan tulsi turki tyler tyrone tzipi uday udo ugo uhuru ulf ulla ulrich ulrike umar umberto
    umesh uri ursula ushio usman uwe vaclav vadim valentin valentina valeria valerie valerio valery valeriy valter
    vanessa varun vasile vasili vasily vasyl veronica veronika veronique vera vesna vicente vicki vicky victor
    victoria vidkun viet vijay vikas vikram viktor viktoria vilma vince vincent vincenzo vineet vinod viola
    violeta violetta virgil virginia virginie vit vitali vitalii vitaliy vitaly vito vittorio vivek vivian viviane
    vivien vlad vlada vladimir vladislav vladyslav vojislav volker volkan volodymyr vyacheslav wade wael wafa
    wahid walid walker wally walt walter wanda wang warren waseem wayne wendy werner wes wesley whitney wilbur
    wilfred wilfried wilhelm will willem william willie willy wilma wilmer wilson winfried winnie winston wioletta
    witold wladyslaw wojciech wolfgang woodrow xavi xavier ximena yaakov yael yahya yair yakov yana yang yann
    yannick yannis yaroslav yasmin yasmine yaser yasir yasser yassin yassine yasuhiro yasuo yaw yayi yehuda
    yekaterina yelena yevgeni yevgeny yevgeniy yiannis yigal yitzhak yoav yohannes yoichi yoko yolanda yong yoram
    yoshihide yoshiro yossi yosef youcef youssef youssouf yousef yousuf yuan yuki yukio yulia yuliya yun yuri
    yuriko yuriy yury yusuf yvan yves yvette yvonne zac zach zachary zack zahid zahir zahra zainab zaki zaynab
    zbigniew zdenek zdravko zeid zeinab zeljko zhang zhanna zhao zhen zhou zia ziad zinaida zine zinedine zita
    zlatan zofia zohar zoltan zoran zorica zsolt zuhal zulfikar zurab billy jeffery bill floyd derrick vernon
    clyde brent chester cecil duane elmer darryl jessie mathew lonnie cody jimmie everett wallace clifton willard
    marshall terrence fredrick joey wendell donnie otis homer hubert carlton blake willis rickey johnathan rudolph
    preston alton pete jonathon bennie loren delbert garrett lowell sherman roosevelt forrest wilbert clark
    carroll bryant kristopher ellis orville drew jody ervin dewey caleb sheldon erick doyle darrel rogelio alonzo
    elbert grady rolando dexter bradford merle darin irvin darnell randal tommie timmy darrin dominick boyd cary
    domingo emmett dewayne teddy reynaldo bret louie lamont garland billie heath rodger eldon rocky eli bryce
    antoine grover cleveland russel monte blaine ernie curt devon adolfo tyson burton brady wilfredo jarrod vance
    harlan darwin kermit scotty elvin williams nolan carey quinton brain elwood kendrick darius marlin bryon
    jeffry dane joesph thurman sammie monty mason vaughn avery loyd adolph norris millard rocco derick wiley
    alphonso shelby rickie noe vern bobbie reed elvis hiram donovan ollie nickolas maynard scot ulysses heriberto
    donnell cole denny emery jayson dion coy odell maxwell jarvis issac dudley brock sanford colby carmelo hollis
    donny art linwood weldon galen isidro truman delmar johnathon silas kirby irwin cruz merlin merrill charley
    marcelino trenton kurtis hunter winfred collin leonel emory pasquale danial blair landon branden adan clair
    buford emerson zachery fletcher errol monroe edwardo booker wilford sonny shelton carson theron raymundo daren
    robby jame genaro gale bennett octavio cornell laverne hung arron antony herschel alva garth ronny stevie lon
    freeman kennith carmine augustine chadwick wilburn reid myles anderson morton mitchel mervin zane jamel lazaro
    alphonse randell johnie jarrett brooks scottie eugenio arnulfo thad sydney rubin earle abe wyatt lanny kareem
    jamar isiah elmo leopoldo everette eloy rodrick reinaldo lucio jerrod weston hershel barton parker lemuel
    lavern burt eliseo efren antwan alden margarito coleman refugio osvaldo deandre normand kieth trey norberto
    napoleon jerold rosendo milford deon christoper alfonzo lyman josiah brant wilton rico jamaal dewitt brenton
    olin foster faustino judson edgardo berry jarred donn trinidad tad porfirio odis lenard chauncey chang tod
    kory augustus keven hilario sal orval dannie zachariah olen anibal milo frances thanh dillon amado newton
    connie tory richie lupe brice delmer reyes dee jerrold robt hank sung rolland kenton damion antone waldo
    fredric bradly quinn kip burl tyree jefferey mikel enoch brendon quintin jamison florencio darrick demarcus
    cletus tyrell lyndon keenan geraldo columbus chet bertram huey hilton dwain donte tyron hipolito fermin chung
    adalberto valentine jamey barrett teodoro mckinley maximo garfield raleigh lawerence abram emmitt daron chong
    samual otha miquel lacy eusebio dong domenic darron buster wilber hoyt haywood chas florentino elroy clemente
    arden kelley edison deshawn carrol shayne nathanial jordon claud val sherwood raymon rayford ambrose hyman
    felton ezequiel erasmo stanton lonny len ike lino jarod herb walton rhett palmer jude douglass cordell oswaldo
    ellsworth virgilio toney nathanael del britt mose hong johnson isreal gayle garret fausto arlen warner modesto
    manual jae gaylord filiberto deangelo michale granville zackary tuan eldridge cristopher cortez antione malcom
    korey jospeh colton waylon hosea shad santo rey renaldo marcellus lucius kristofer boyce benton kasey jewell
    hayden harland arnoldo rueben kraig jerrell jeromy hobert cedrick arlie winford keneth jacinto graig franklyn
    edmundo sid jeramy elisha willian shon lynwood jewel jere hai elden dorsey darell broderick alonso mildred
    rose bonnie lois norma crystal edna ethel rhonda amber debbie april bertha darlene joann sally june renee
    elsie terri tonya bessie delores allison lillie nellie minnie vickie mattie marsha myrtle christy deanna patsy
    jennie margie dianne velma becky violet daisy sherri geneva belinda ada hattie brandi blanche eunice angie
    inez madeline alberta jodi janie kayla candace fannie maryann melody flora kristy mamie lula verna beulah
    antoinette candice jeannette pam kelli latoya shelia della sheri kara jacquelyn erma myra krista roxanne
    angelica adrienne brooke sadie bernadette traci nichole rachael mable ernestine marcella krystal kari dianna
    paulette lora rosemarie desiree hope betsy christie freda lynette eula rochelle cecelia alyssa tasha delia
    kellie lila darla may mindy essie lorene jeannie dixie faith lela shari tami shawna ebony melba ora nettie
    tabitha winifred kristie alisha aimee rena myrna marla tammie latasha bonita ronda sherrie addie francine
    deloris stacie cheri celeste cara rebekah dorthy effie trina reba sallie lenora etta lottie kerri trisha
    estella josie tracie brittney janelle lourdes elva kelsey bettie iva goldie cassie maude jenifer dena janette
    latonya consuelo tamika rosetta debora cherie fay jillian dorothea nell trudy esperanza patrica kimberley
    shanna mollie alisa maribel bette jocelyn paige rachelle leola daphne alta graciela imogene jolene keisha
    lacey glenna keri shana adeline jaclyn gracie sondra carmela tonia marisol clarice sheena angeline frieda
    shauna millie claudette cathleen angelia gabrielle katharine staci christi elma luella margret socorro margo
    mavis callie bobbi maritza lucile leanne jeannine deana aileen lorie ladonna willa dolly sybil abby lara ivy
    marcy jeri ofelia meagan audra bettye randi virgie latisha barbra eliza leann bridgette rhoda haley adela nola
    bernadine flossie ila ruthie nelda minerva lilly terrie letha estela valarie brianna rosalyn earline ava
    clarissa corrine alexandria tia sharron rae dona ericka jami elnora lenore neva marylou melisa tabatha avis
    allie jeanie odessa nannie harriett loraine milagros benita allyson ashlee esmeralda pearlie zelma malinda
    tameka saundra amie althea rosalinda lilia alana clare lorrie jerri darcy earnestine carmella marcie annabelle
    earlene carlene nita selena tanisha katy lakisha edwina maricela margery dollie roxie roslyn kathrine nanette
    charmaine lavonne ilene tammi suzette corine kaye chrystal deanne aline luann maryanne evangeline melva
    lawanda yesenia madge kathie ophelia nona mitzi georgette alissa roseann lakeisha reva deidre chasity sheree
    carly elvia alyce gena briana araceli katelyn rosanne wendi berta marva imelda marietta marci arline madelyn
    janna deena aurelia josefa augusta lessie amalia rosella lynnette corina alfreda leanna amparo coleen tamra
    wilda karyn cherry maura evangelina hallie erna enid jacklyn freida madeleine hester cathryn lelia casandra
    bridgett angelita jannie dionne annmarie katina beryl millicent katheryn diann carissa maryellen lauri gilda
    rhea marquita hollie tisha tamera angelique britney kaitlin lolita florine rowena reyna twila fanny janell
    concetta bertie alba alyson vonda pansy elba letitia deann brandie louella leta felecia sharlene lesa beverley
    herminia terra celina tori octavia denice germaine sierra michell cortney doretha deidra lashonda judi chelsey
    antionette nan leeann dessie libby kathi gayla latanya mellisa kimberlee jasmin renae zelda elda justina
    gussie emilie abbie kaitlyn edythe ashleigh selina lakesha geri allene pamala dayna caryn rosalia jacquline
    rebeca marybeth krystle iola dottie belle griselda ernestina elida adrianne demetria delma jaqueline arleen
    virgina retha tillie eleanore cari treva birdie wilhelmina rosalee maurine latrice jena taryn elia debby
    maudie jeanna delilah catrina shonda hortencia teresita robbin danette maryjane delphine brianne nilda danna
    cindi bess iona winona vida rosita marianna racheal guillermina eloisa celestine caren malissa lona chantel
    shellie marisela leora agatha soledad migdalia ivette christen athena janel veda pattie tessie tera marilynn
    lucretia karrie dinah alecia adelina vernice shiela merry lashawn dara tawana oma verda christin alene zella
    sandi kira candida alvina suzan shayla lettie samatha oralia matilde madonna vesta renita delois shanda
    phillis lorri erlinda cathrine barb isabell ione gisela valencia roxanna mayme kisha ellie mellissa dorris
    bella annetta zoila reta reina lauretta christal charla elissa tiffani tana leota breanna jayme carmel vernell
    tomasa mandi dominga santa melodie lura tamela mirna kerrie venus felicita cristy carmelita berniece annemarie
    tiara roseanne missy cori pricilla kristal elyse haydee aletha bettina marge filomena zenaida harriette
    caridad vada una aretha pearline marjory flor evette elouise damaris catharine belva nakia marlena luanne
    lorine karon dorene danita brenna louann julianna andria philomena lucila leonora dovie romona mimi jacquelin
    gaye tonja misti chastity stacia roxann micaela mei velda marlys johnna aura ivonne hayley majorie herlinda
    yadira perla gregoria antonette shelli mozelle mariah cordelia josette chiquita trista laquita georgiana candi
    shanon hildegard stephany tiana roma richelle oleta jacque idella alaina jovita tosha raven nereida marlyn
    kyla delfina tena stephenie marcelle gertie darleen sharonda shantel belen venessa rosalina ona genoveva
    clementine rosalba georgianna floy dorcas ariana tyra theda juli jesica vikki verla roselyn melvina jannette
    ginny debrah corrie myrtis latricia collette charleen anissa viviana twyla nedra latonia hellen fabiola
    annamarie adell sharyn lizette lindy kia kesha jeana danelle charline chanel valorie dortha cristal leone
    leilani gerri debi andra keshia ima eulalia dulce natividad linnie kami georgie catina alda winnifred sharla
    ruthann meaghan magdalene lissette adelaida venita trena shirlene shameka elizebeth dian shanta latosha
    carlotta windy rosina mariann leisa jonnie dawna cathie laureen janeen holli fawn vickey teressa shante rubye
    marcelina chanda terese scarlett marnie lulu lisette jeniffer elenor dorinda donita carman bernita altagracia
    aleta adrianna zoraida lyndsey janina chrissy ami starla phylis phuong kyra charisse blanch sanjuanita rona
    nanci marilee maranda brigette sanjuana marita kassandra joycelyn felipa chelsie bonny mireya lorenza kyong
    ileana candelaria sherie leatrice lakeshia gerda edie bambi marylin lavon hortense garnet evie tressa shayna
    lavina kyung jeanetta sherrill shara phyliss mittie anabel alesia thuy tawanda joanie tiffanie lashanda
    karissa enriqueta corinna alanna abbey roxane roseanna magnolia lida joellen era coral carleen tresa peggie
    novella nila maybelle jenelle carina nova melina marquerite margarette josephina evonne cinthia albina toya
    tawnya sherita lizabeth lise keely jenni giselle cheryle ardith ardis alesha adriane shaina linnea karolyn
    felisha dori darci artie armida zola xiomara vergie shamika nannette maxie lovie jeane jaimie farrah elaina
    caitlyn starr felicitas cherly caryl yolonda teena prudence pennie nydia mackenzie orpha marvel lizbeth
    laurette jerrie hermelinda carolee tierra mirian meta melony kori jennette jamila ena anh yoshiko susannah
    salina rhiannon joleen cristine ashton aracely tomeka shalonda marti lacie kala jada ilse hailey brittani zona
    syble sherryl nidia marlo kandice kandi deb alycia ronna norene christel audry zora vita trish stephaine
    shirlee shanika melonie mazie jazmin hoa hettie geralyn fonda estrella adella sarita rina milissa maribeth
    golda evon ethelyn enedina cherise chana velva tawanna sade mirta karie jacinta elna davina cierra ashlie
    albertha tanesha stephani nelle mindi lorinda larue florene demetra dedra ciara chantelle ashly rosalva noelia
    lyda leatha kristan karri darline darcie cinda cherrie awilda almeda rolanda lanette jerilyn evalyn cyndi
    cleta carin zina zena velia tanika charissa talia margarete lavonda kaylee bo ed ty jo li mo xi yu
    """
}
